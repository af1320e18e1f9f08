package org.latticelift.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ModelArgument;
import org.latticelift.app.cli.CommonOptions.SharedCommand;
import org.latticelift.app.pipeline.CommandRun;
import org.latticelift.io.error.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How long order takes at every condition, by a trained model. */
@Command(
    name = "map",
    description = {
      "Time to order against temperature, and the cooling rate that keeps disorder, by a trained model (EX-53).",
      "Writes map.h5, map.csv, cooling.csv, figures and map.html to the run directory, by default"
          + " runs/map.",
      "--set overrides one of: conditions, at, relaxations, rates, kept, trajectories, step, scheme,"
          + " initial, observable, vacancies ('validate --keys map' lists them)."
    })
final class MapCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Mixin private ModelArgument model;

  @Option(
      names = "--at",
      split = ",",
      paramLabel = "T,...",
      description =
          "Conditions, such as 1000,1100, in place of many over the trained range; no coolings.")
  private List<Double> at = new ArrayList<>();

  @Option(names = "--from", paramLabel = "START", description = FROM)
  private String from;

  /** Of the option that says where predictions start. */
  static final String FROM =
      "Where predictions start: random (default), a condition in whose equilibrium, such as 1500, or"
          + " a file with a state of the alloy.";

  @Override
  public Integer call() {
    CommandRun.map(model.path(), at, from, options.job(spec));
    return ExitCode.DONE.code();
  }
}
