package org.latticelift.app.cli;

import java.util.concurrent.Callable;
import org.latticelift.app.pipeline.MapRun;
import org.latticelift.io.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How long order takes at every condition, by a trained model. */
@Command(
    name = "map",
    description = {
      "Time to order against temperature, and the cooling rate that keeps disorder, by a trained model (EX-53).",
      "Writes map.h5, map.csv, cooling.csv, figures and map.html to the run directory, by default"
          + " runs/map.",
      "--set overrides one of: conditions, relaxations, rates, kept, trajectories, step, scheme, initial,"
          + " observable, vacancies."
    })
final class MapCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Mixin private ModelArgument model;

  @Override
  public Integer call() {
    new MapRun(
            model.path(),
            options.toRun(),
            ProcessContext.of(spec).ranks(),
            spec.commandLine().getOut())
        .run();
    return ExitCode.DONE.code();
  }
}
