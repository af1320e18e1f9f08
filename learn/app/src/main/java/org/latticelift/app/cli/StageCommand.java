package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ProcessContext;
import org.latticelift.app.cli.CommonOptions.SharedCommand;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.StageRunner;
import org.latticelift.app.pipeline.StageRunner.RunOptions;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.directory.RunDirectory.OpenMode;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.sim.parallel.tasks.Ranks;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    Pipeline loaded = Pipeline.load(file, overrides(), options.seed()).on(ranks.communicator());
    if (mode() != OpenMode.RESUME) {
      return loaded;
    }
    Pipeline begun = loaded.asBegun(directory(loaded));
    if (begun != loaded && ranks.first() && !options.toRun().quiet()) {
      print("The run was begun with defaults of an earlier version, and goes on with them.");
    }
    return begun == loaded ? loaded : begun.on(ranks.communicator());
  }

  /** Of the configuration, by {@code --set} and by options of single commands. */
  List<String> overrides() {
    return options.overrides();
  }

  /** The configuration, with what {@code --set} says. */
  final Pipeline asked() {
    return Pipeline.load(file, options.overrides(), options.seed());
  }

  /** Runs the stages of this command. */
  void run(Pipeline pipeline, RunOptions given, Ranks ranks) {
    StageRunner runner = new StageRunner(pipeline, given, ranks, spec.commandLine().getOut());
    runner.run(
        stages(pipeline), pipeline.configuration().directory(given.out()), mode(), this::finished);
  }

  /** Where the run will be. */
  final Path directory(Pipeline pipeline) {
    return pipeline.configuration().directory(options.toRun().out());
  }

  /** Whether all observables are shown. */
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
}
