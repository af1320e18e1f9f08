package org.latticelift.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
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

/** Searches for the schedule that leads to the most order, with a trained model. */
@Command(
    name = "design",
    description = {
      "Search for the schedule of given length and limits after which an observable is largest, smallest"
          + " or near a value, by a trained model (EX-53), and compare it with the best straight ramp.",
      "Writes protocol.csv and ramp.csv (schedules for predict, kmc and run), design.h5, tried.csv and"
          + " figures to the run directory, by default runs/design.",
      "--set overrides one of: knots, evaluations, ramp_evaluations, trajectories, step, scheme, initial,"
          + " vacancies."
    })
final class DesignCommand implements Callable<Integer>, SharedCommand {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions options;

  @Mixin private ModelArgument model;

  @Option(
      names = "--observable",
      paramLabel = "NAME",
      required = true,
      description = "The observable whose mean at the end counts, such as MoMo.")
  private String observable;

  @Option(
      names = "--goal",
      paramLabel = "largest|smallest|VALUE",
      description = "What it is to be; default: largest.")
  private String goal;

  @Option(
      names = "--length",
      paramLabel = "TIME",
      required = true,
      description =
          "Length of the schedule: seconds of the simulation, or real ones with --set"
              + " 'vacancies={..., clock: real}'.")
  private String length;

  @Option(
      names = "--lowest",
      paramLabel = "VALUE",
      description = "Lower limit of the condition; default: the lowest trained one.")
  private String lowest;

  @Option(
      names = "--highest",
      paramLabel = "VALUE",
      description = "Upper limit of the condition; default: the highest trained one.")
  private String highest;

  @Option(
      names = "--first",
      paramLabel = "VALUE",
      description = "The condition at the beginning, as of a hot furnace; default: free.")
  private String first;

  @Option(
      names = "--last",
      paramLabel = "VALUE",
      description = "The condition at the end; default: free.")
  private String last;

  @Override
  public Integer call() {
    Map<String, String> asked = new LinkedHashMap<>();
    asked.put("observable", observable);
    asked.put("goal", goal);
    asked.put("length", length);
    asked.put("lowest", lowest);
    asked.put("highest", highest);
    asked.put("first", first);
    asked.put("last", last);
    asked.values().removeIf(value -> value == null);
    CommandRun.design(model.path(), asked, options.job(spec));
    return ExitCode.DONE.code();
  }
}
