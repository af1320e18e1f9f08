package org.latticelift.cli;

import java.util.List;
import org.latticelift.distribution.Ranks;
import org.latticelift.evaluation.EvaluateStage;
import org.latticelift.report.ReportStage;
import org.latticelift.rundir.RunDirectory;
import org.latticelift.rundir.Stage;
import picocli.CommandLine.Command;

/** The whole method with one command. */
@Command(
    name = "run",
    description = {
      "Run every stage of a configuration in order: simulate, upsample and evolve, train, ensemble,"
          + " direct (where configured), evaluate, report.",
      "Stages that are complete are skipped with --resume; an interrupted one continues.",
      "A configuration with a section 'experiment' is run in all its variants instead."
    })
final class RunCommand extends StageCommand {
  @Override
  List<Stage> stages(Pipeline pipeline) {
    return pipeline.stages();
  }

  @Override
  void run(Pipeline pipeline, CommonOptions given, Ranks ranks) {
    if (pipeline.config().experiment().isPresent()) {
      new ExperimentRun(pipeline, given, ranks, out()).run(mode());
    } else {
      super.run(pipeline, given, ranks);
    }
  }

  @Override
  void finished(RunDirectory directory) {
    EvaluateStage.lines(directory).forEach(this::print);
    print("Results: " + directory.root());
    ReportStage.lines(directory).forEach(this::print);
  }
}
