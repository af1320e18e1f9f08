package org.latticelift.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.latticelift.app.advice.Warnings;
import org.latticelift.app.pipeline.BarrierStages;
import org.latticelift.app.pipeline.ConfigurationKeys;
import org.latticelift.app.pipeline.ExperimentRun;
import org.latticelift.app.pipeline.Pipeline;
import org.latticelift.app.pipeline.StageTable;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.learn.barrierfit.BarrierTrainingConfig;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.LatticeSystem.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a configuration without running it. */
@Command(
    name = "validate",
    description =
        "Check a configuration, show it with every default filled in, and warn of what is"
            + " doubtful.")
final class ValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private CommonOptions options;

  @Parameters(
      index = "0",
      paramLabel = "CONFIG",
      description = "A configuration file (YAML); with --keys also predict, map or design.")
  private Path file;

  @Option(names = "--keys", description = "List all keys with type, default and meaning instead.")
  private boolean keys;

  @Option(
      names = "--stages",
      description =
          "List the stages instead, one a line: command, ranks that it can use (all, one, or none"
              + " where the configuration does not ask for it), run directory.")
  private boolean stages;

  @Option(
      names = "--worker",
      description =
          "Also try the worker of system external: repetition, additivity, frozen sites, cost of a"
              + " request.")
  private boolean worker;

  @Override
  public Integer call() {
    Class<? extends Record> asked = ConfigurationKeys.ofCommands().get(file.toString());
    if (keys && asked != null && !Files.exists(file)) {
      print("", Binder.describe(asked));
      return ExitCode.DONE.code();
    }
    if (!stages && BarrierStages.fit(ConfigNode.load(file, options.overrides()))) {
      barrier();
    } else {
      pipeline();
    }
    return ExitCode.DONE.code();
  }

  /** Prints all trials; an error for the first that failed. */
  private void tryWorker(LatticeSystem<?> system) {
    List<Trial> trials = system.trials();
    if (trials.isEmpty()) {
      throw LatticeLiftException.badData(
          "system " + system.name() + " has no worker",
          "--worker",
          "system external",
          "Leave the option out");
    }
    for (Trial trial : trials) {
      String word = trial.passed().map(passed -> passed ? "ok" : "FAILED").orElse("not tried");
      spec.commandLine().getOut().println(word + ": " + trial.what() + " (" + trial.found() + ")");
    }
    trials.stream()
        .filter(trial -> !trial.passed().orElse(true))
        .findFirst()
        .ifPresent(
            trial -> {
              throw LatticeLiftException.badData(
                  "the worker fails a trial: " + trial.found(),
                  "external.command",
                  trial.what(),
                  "Mend the simulator");
            });
  }

  private void barrier() {
    ConfigNode node = ConfigNode.load(file, options.overrides());
    BarrierStages stages = BarrierStages.of(node, options.seed(), file.toString());
    stages.all().forEach(Stage::check);
    print(Binder.resolve(stages.config()).toYaml(), Binder.describe(BarrierTrainingConfig.class));
  }

  private void pipeline() {
    Pipeline pipeline = Pipeline.load(file, options.overrides(), options.seed());
    pipeline.check(pipeline.stages());
    if (pipeline.config().variants().experiment().isPresent()) {
      ExperimentRun.check(pipeline, options.overrides());
    }
    if (worker) {
      tryWorker(pipeline.system());
      return;
    }
    if (stages) {
      StageTable.lines(pipeline, pipeline.configuration().directory(options.toRun().out()))
          .forEach(spec.commandLine().getOut()::println);
      return;
    }
    print(
        pipeline.configuration().readable().toYaml(),
        ConfigurationKeys.describe(pipeline.configuration().provider()));
    if (!keys) {
      Path directory = pipeline.configuration().directory(options.toRun().out());
      Warnings.of(pipeline, options.overrides(), directory)
          .forEach(line -> spec.commandLine().getOut().println("# warning: " + line));
    }
  }

  private void print(String resolved, String allKeys) {
    var out = spec.commandLine().getOut();
    if (keys) {
      out.println(allKeys.stripTrailing());
    } else {
      out.print(resolved);
      out.println("# " + file + ": valid");
    }
  }
}
