package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latticelift.app.advice.Warnings;
import org.latticelift.app.pipeline.EarlierRun;
import org.latticelift.app.pipeline.ExperimentRun;
import org.latticelift.app.pipeline.MethodStage;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.Replacement;
import org.latticelift.app.pipeline.StageRunner;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.predict.PathComparisonStage;
import org.latticelift.learn.report.ReportStage;
import org.latticelift.sim.parallel.tasks.Ranks;
import org.latticelift.sim.simulate.SimulateConfig;
import org.latticelift.sim.simulate.SnapshotsFile;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What all commands with a configuration share. */
abstract class StageCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions options;

  @Parameters(index = "0", paramLabel = "CONFIG", description = "A configuration file (YAML).")
  private Path file;

  @Override
  public Integer call() {
    Ranks ranks = ProcessContext.of(spec).ranks();
    Pipeline pipeline = ranks.firstThenOthers(() -> load(ranks));
    run(pipeline, options.toRun(), ranks);
    return ExitCode.DONE.code();
  }

  private Pipeline load(Ranks ranks) {
    return Pipeline.load(file, overrides(), options.seed()).on(ranks.communicator());
  }

  /** Of the configuration, by {@code --set} and by options of single commands. */
  List<String> overrides() {
    return options.overrides();
  }

  /** The configuration, with what {@code --set} says. */
  final Pipeline asked() {
    return Pipeline.load(file, options.overrides(), options.seed());
  }

  void run(Pipeline pipeline, RunOptions given, Ranks ranks) {
    List<Stage> stages = stages(pipeline);
    StageRunner runner = new StageRunner(pipeline, given, ranks, spec.commandLine().getOut());
    (stages.size() == 1 ? runner.replacing(Replacement.of(pipeline, stages.get(0))) : runner)
        .run(stages, pipeline.configuration().directory(given.out()), mode(), this::finished);
  }

  /** Where the run will be. */
  final Path directory(Pipeline pipeline) {
    return pipeline.configuration().directory(options.toRun().out());
  }

  final boolean details() {
    return options.details();
  }

  final java.io.PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** The stages of this command, in order. */
  abstract List<Stage> stages(Pipeline pipeline);

  /** A first stage starts a folder; a later one works in the folder of its inputs. */
  boolean needsInputs() {
    return false;
  }

  /** Says where to look. */
  void finished(RunDirectory directory) {
    print("Results: " + directory.root());
  }

  final void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  final OpenMode mode() {
    OpenMode given = options.mode();
    return given == OpenMode.NEW && needsInputs() ? OpenMode.RESUME : given;
  }

  /** The whole method with one command. */
  @Command(name = "run")
  static final class RunCommand extends StageCommand {
    @Option(
        names = "--from",
        paramLabel = "RUN",
        description =
            "A run directory: reuse what its configuration made the same, of small runs,"
                + " pairs, model and direct runs, and make the rest.")
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
      if (pipeline.config().variants().experiment().isPresent()) {
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

  /** Monte Carlo on its own. */
  @Command(
      name = "kmc",
      description =
          "Kinetic Monte Carlo of lattice.large by itself (section 'direct'): trajectory, last"
              + " states, averages; 'stop: {precision: E}' ends it when those are precise enough.")
  static final class KmcCommand extends StageCommand {
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
      int records = asked().config().answers().direct().map(SimulateConfig::records).orElse(frames);
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
            "Intermediate states: latticelift export "
                + directory.file(SnapshotsFile.DIRECT)
                + " --to xyz --index all");
      }
      super.finished(directory);
    }
  }
}
