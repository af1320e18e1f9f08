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

/** Predicts what a schedule of the condition does, with a trained model. */
@Command(
    name = "predict",
    description = {
      "Predict anneals, quenches, ramps and cycles with a trained model.",
      "Writes prediction.h5, prediction.csv and figures to the run directory, by default"
          + " runs/predict.",
      "--set overrides one of: trajectories, records, step, scheme, change, initial, vacancies,"
          + " allow_extrapolation ('validate --keys predict' lists them)."
    })
final class PredictCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Mixin private ModelArgument model;

  @Option(
      names = "--schedule",
      paramLabel = "FILE|SPEC",
      required = true,
      description =
          "The condition in time: a CSV file, a protocol such as '{ramp: {from: 2000, to: 1000,"
              + " time_s: 1e-4}}' or a list of protocols, or a YAML file of several by name. May be"
              + " given several times.")
  private List<String> schedules = new ArrayList<>();

  @Option(names = "--from", paramLabel = "START", description = MapCommand.FROM)
  private String from;

  @Option(
      names = "--allow-extrapolation",
      description = "Accept conditions at which the model was not trained; they are marked.")
  private boolean extrapolate;

  @Override
  public Integer call() {
    CommandRun.predict(model.path(), schedules, from, extrapolate, options.job(spec));
    return ExitCode.DONE.code();
  }
}
