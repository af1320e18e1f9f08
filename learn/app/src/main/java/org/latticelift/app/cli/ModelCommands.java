package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.latticelift.app.cli.CommonOptions.ModelArgument;
import org.latticelift.app.pipeline.CommandRun;
import org.latticelift.app.pipeline.CommandRun.Job;
import org.latticelift.app.pipeline.CommandRun.Wanted;
import org.latticelift.io.config.Binder;
import org.latticelift.io.error.ExitCode;
import org.latticelift.learn.design.DesignConfig;
import org.latticelift.learn.design.DesignConfig.Candidates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Commands that ask a trained model: what schedules do, how long order takes, which is best. */
final class ModelCommands {
  private ModelCommands() {}

  private abstract static class ModelCommand implements Callable<Integer>, SharedCommand {
    @Spec private CommandSpec spec;
    @Mixin private CommonOptions options;
    @Mixin private ModelArgument model;

    abstract void run(Path model, Job job);

    @Override
    public final Integer call() {
      run(model.path(), options.job(spec));
      return ExitCode.DONE.code();
    }
  }

  /** Predicts what a schedule of the condition does, with a trained model. */
  @Command(
      name = "predict",
      description = {
        "Predict anneals, quenches, ramps and cycles with a trained model.",
        "Writes prediction.h5, prediction.csv and figures to the run directory, by default"
            + " runs/predict; of a file of histories histories.h5 and histories.csv.",
        "--set overrides one of: trajectories, records, step, scheme, change, initial, vacancies,"
            + " allow_extrapolation ('validate --keys predict' lists them)."
      })
  static final class PredictCommand extends ModelCommand {
    @Option(
        names = "--schedule",
        paramLabel = "FILE|SPEC",
        description =
            "The condition in time: a CSV file, a protocol such as '{ramp: {from: 2000, to: 1000,"
                + " time_s: 1e-4}}' or a list of protocols, or a YAML file of several by name. May be"
                + " given several times.")
    private List<String> schedules = new ArrayList<>();

    @Option(
        names = "--histories",
        paramLabel = "FILE",
        description =
            "In place of schedules: a CSV file (history,time_s,temperature_K) or an HDF5 file of many"
                + " histories, of which the ends are predicted, as means without noise.")
    private String histories;

    @Option(names = "--from", paramLabel = "START", description = MapCommand.FROM)
    private String from;

    @Option(
        names = "--allow-extrapolation",
        description = "Accept conditions at which the model was not trained; they are marked.")
    private boolean extrapolate;

    @Override
    void run(Path model, Job job) {
      CommandRun.predict(model, new Wanted(schedules, histories), from, extrapolate, job);
    }
  }

  /** How long order takes at every condition, by a trained model. */
  @Command(
      name = "map",
      description = {
        "Time to order against temperature, and the cooling rate that keeps disorder,"
            + " by a trained model.",
        "Writes map.h5, map.csv, cooling.csv, figures and map.html to the run directory, by default"
            + " runs/map.",
        "--set overrides one of: conditions, at, relaxations, rates, kept, trajectories, step, scheme,"
            + " initial, observable, vacancies ('validate --keys map' lists them)."
      })
  static final class MapCommand extends ModelCommand {
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
    void run(Path model, Job job) {
      CommandRun.map(model, at, from, job);
    }
  }

  /** Searches for the schedule that leads to the most order, with a trained model. */
  @Command(
      name = "design",
      description = {
        "Search for the schedule of given length and limits after which an observable"
            + " is largest, smallest or near a value, by a trained model, and compare it with"
            + " the best straight ramp.",
        "Writes protocol.csv and ramp.csv (schedules for predict, kmc and run), design.h5, tried.csv and"
            + " figures to the run directory, by default runs/design.",
        "--set overrides one of: knots, evaluations, ramp_evaluations, trajectories, step, scheme, initial,"
            + " vacancies."
      })
  static final class DesignCommand extends ModelCommand {
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
    void run(Path model, Job job) {
      Map<String, String> asked = new LinkedHashMap<>();
      asked.put(Binder.key(DesignConfig::observable).path(), observable);
      asked.put(Binder.key(DesignConfig::goal).path(), goal);
      asked.put(Binder.key(Candidates::length).path(), length);
      asked.put(Binder.key(Candidates::lowest).path(), lowest);
      asked.put(Binder.key(Candidates::highest).path(), highest);
      asked.put(Binder.key(Candidates::first).path(), first);
      asked.put(Binder.key(Candidates::last).path(), last);
      asked.values().removeIf(value -> value == null);
      CommandRun.design(model, asked, job);
    }
  }
}
