package org.latticelift.app.cli;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SnapshotsFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Monte Carlo on its own. */
@Command(
    name = "kmc",
    description =
        "Kinetic Monte Carlo of lattice.large by itself (section 'direct'): trajectory, last"
            + " states, averages; 'stop: {precision: E}' ends it when those are precise enough.")
final class KmcCommand extends StageCommand {
  private Pipeline made;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description =
          "Keep N states of each run beside its start, at equal times, for 'export --index all'"
              + " (direct.states_every).")
  private Integer frames;

  @Override
  List<String> overrides() {
    if (frames == null) {
      return super.overrides();
    }
    int records = asked().config().direct().map(SimulateConfig::records).orElse(frames);
    if (frames < 1 || records % frames != 0) {
      throw new LatticeLiftException(
          ExitCode.USAGE,
          frames + " frames of " + records + " records",
          "--frames",
          "a number by which direct.records can be divided",
          "Change one of both");
    }
    List<String> all = new ArrayList<>(super.overrides());
    all.add("direct.states_every=" + records / frames);
    return all;
  }

  @Override
  List<Stage> stages(Pipeline pipeline) {
    made = pipeline;
    return List.of(pipeline.directStageAlone());
  }

  @Override
  void finished(RunDirectory directory) {
    made.directSummary(directory, details()).forEach(this::print);
    if (directory.complete(SnapshotsFile.DIRECT)) {
      print(
          "States on the way: latticelift export "
              + directory.file(SnapshotsFile.DIRECT)
              + " --to xyz --index all");
    }
    super.finished(directory);
  }
}
