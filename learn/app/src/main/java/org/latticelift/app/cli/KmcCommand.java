package org.latticelift.app.cli;

import java.util.List;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import picocli.CommandLine.Command;

/** Monte Carlo on its own. */
@Command(
    name = "kmc",
    description =
        "Kinetic Monte Carlo of lattice.large by itself (section 'direct'): trajectory, last"
            + " states, averages; 'stop: {precision: E}' ends it when those are precise enough.")
final class KmcCommand extends StageCommand {
  private Pipeline asked;

  @Override
  List<Stage> stages(Pipeline pipeline) {
    asked = pipeline;
    return List.of(pipeline.directStageAlone());
  }

  @Override
  void finished(RunDirectory directory) {
    asked.directSummary(directory, details()).forEach(this::print);
    super.finished(directory);
  }
}
