package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latticelift.app.advice.Warnings;
import org.latticelift.app.pipeline.EarlierRun;
import org.latticelift.app.pipeline.ExperimentRun;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.predict.PathComparisonStage;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The whole method with one command. */
@Command(name = "run")
final class RunCommand extends StageCommand {
  @Option(
      names = "--from",
      paramLabel = "RUN",
      description =
          "A run directory: take over what its configuration made the same, of small runs, pairs,"
              + " model and direct runs, and make the rest.")
  private Path from;

  static CommandLine line() {
    CommandLine line = new CommandLine(new RunCommand());
    line.getCommandSpec()
        .usageMessage()
        .description(
            "Run every stage of a configuration in order: "
                + MethodStage.listed()
                + "; closure and direct where the configuration asks for them.",
            "Stages that are complete are skipped with --resume; an interrupted one continues.",
            "A configuration with a section 'experiment' is run in all its variants instead.");
    return line;
  }

  @Override
  List<Stage> stages(Pipeline pipeline) {
    return from == null
        ? pipeline.stages()
        : EarlierRun.of(from).stages(pipeline, directory(pipeline));
  }

  @Override
  void run(Pipeline pipeline, RunOptions given, Ranks ranks) {
    boolean warned = ranks.first() && !given.quiet();
    if (warned && !given.dryRun()) {
      warn(pipeline, given);
    }
    work(pipeline, given, ranks);
    if (warned && given.dryRun()) {
      warn(pipeline, given); // after the table, which what reads the plan finds first
    }
  }

  private void warn(Pipeline pipeline, RunOptions given) {
    Warnings.of(pipeline, given.overrides(), directory(pipeline))
        .forEach(line -> print("warning: " + line));
  }

  private void work(Pipeline pipeline, RunOptions given, Ranks ranks) {
    if (pipeline.config().experiment().isPresent()) {
      new ExperimentRun(pipeline, given, ranks, out(), Optional.ofNullable(from)).run(mode());
    } else {
      super.run(pipeline, given, ranks);
    }
  }

  @Override
  void finished(RunDirectory directory) {
    MethodStage.EVALUATE.summary(directory, details()).forEach(this::print);
    print("Results: " + directory.root());
    if (!directory.complete(PathComparisonStage.TABLE)) {
      ReportStage.lines(directory).forEach(this::print);
    }
  }
}
