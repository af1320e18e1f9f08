package org.latticelift.learn.predict;

import java.util.Map;
import java.util.Optional;
import org.latticelift.io.config.Binder.Default;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.config.Binder.Range;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.InitialState;
import org.latticelift.learn.ensemble.PathPrediction;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.predict.Records.Clocks;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.schedule.Vacancies;

/** What {@code predict} is asked: schedules by name, or a file of histories. */
public record PredictConfig(
    @Doc("file of the trained model") InputFile model,
    @Default("{}") @Doc("by name") Map<String, ScheduleSpec> schedules,
    @Doc(
            "in place of schedules: a CSV or HDF5 file of many, whose ends are predicted without noise")
        Optional<InputFile> histories,
    @Default("1") @Doc("seed of all noise") long seed,
    @Default("48") @Range(min = 1) @Doc("per model and schedule") int trajectories,
    @Default("auto")
        @Doc(
            "where along a schedule: auto (every 2 K of a change, in holds equal times or factors), N,"
                + " or {count: N, spacing: auto|time|condition|model_time|log_time}")
        Records records,
    @Part Stepping stepping,
    @Default("random") @Doc("random (initial states), {observables: [...]} or {temperature_K: T}")
        InitialState initial,
    @Default("false") @Doc("accept conditions outside the trained range")
        boolean allowExtrapolation,
    @Doc("of a real crystal, for times in hours; models of alloys") Optional<Vacancies> vacancies) {
  /** The usual change over the least: a prediction in finer pieces takes for ever. */
  private static final double FINEST = 1e4;

  /** Checks what cannot be checked key by key. */
  public PredictConfig {
    if (schedules.isEmpty() == histories.isEmpty()) {
      throw LatticeLiftException.badData(
          schedules.isEmpty() ? "no schedule" : "schedules beside a file of histories",
          schedules.isEmpty() ? "--schedule" : "--histories",
          "at least one schedule, or one file of histories",
          schedules.isEmpty() ? "Name a file, or write a protocol" : "Leave one of them out");
    }
  }

  /** As an ensemble is configured. */
  public EnsembleConfig ensemble() {
    return new PathSettings(
            trajectories,
            records.equalTimes(),
            stepping.step,
            stepping.scheme,
            initial,
            allowExtrapolation)
        .ensemble();
  }

  /** Times of the simulation and of a crystal. */
  public Clocks clocks(Quantities quantities) {
    return Clocks.of(vacancies, quantities);
  }

  /** The largest change within a step for a model that was trained at some conditions. */
  public double change(double[] trained) {
    double usual = PathPrediction.change(trained);
    double change = stepping.change.orElse(usual);
    if (!(change >= usual / FINEST)) {
      throw LatticeLiftException.badData(
          "steps within which the condition changes by " + change,
          "change",
          "at least " + usual / FINEST + ", the default is " + usual,
          "Set it higher");
    }
    return change;
  }

  /** How time is cut. */
  public record Stepping(
      @Default("0.2")
          @Range(min = 0, minOpen = true, max = 1000)
          @Doc("longest step in time units of the model")
          double step,
      @Default("runge_kutta") @Doc(PathSettings.SCHEME) StepScheme scheme,
      @Range(min = 0, minOpen = true)
          @Doc("largest change of the condition within a step; default 1/250 of the trained range")
          Optional<Double> change) {}
}
