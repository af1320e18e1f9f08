package org.latticelift.learn.ensemble;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.Course.Programs;
import org.latticelift.learn.kernel.TileFactories;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.Piece;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration.StepLimit;

/**
 * Predictions of a trained model along schedules (EX-50). The noise of a trajectory is keyed by the
 * condition at the start of the schedule and its number: an isothermal schedule gives the bits of a
 * prediction without one, and schedules with equal beginnings share their noise. For any number of
 * threads.
 */
public final class PathPrediction {
  private static final double PIECES = 250;

  /** Longer schedules of simulated time are written in another clock than they are meant in. */
  private static final double MOST_UNITS = 1e6;

  /** In longer schedules what lies {@link #MEMORY} before a record is left out. */
  private static final double LONG = 1e4;

  /** Time units of the model after which a state does not depend on what was before. */
  public static final double MEMORY = 30;

  /**
   * Steps of trajectories from which vectors pay: below, the half second that a new Java machine
   * takes to know them is longer than what they save.
   */
  private static final long WORTH_VECTORS = 150_000;

  private final SdeModel model;
  private final EnsembleConfig config;
  private final double change;
  private final Streams streams;
  private final Programs programs;

  /**
   * Nothing is predicted yet ({@code config}: its horizon and conditions are not asked; {@code
   * change}: largest change of the condition within a step).
   */
  public PathPrediction(SdeModel model, EnsembleConfig config, double change, long seed) {
    this(model, config, change, seed, config.kernel());
  }

  private PathPrediction(
      SdeModel model, EnsembleConfig config, double change, long seed, EnsembleKernel kernel) {
    this.model = model;
    this.config = config;
    this.change = change;
    this.streams = new Streams(seed);
    this.programs = new Programs(model, kernel);
  }

  /** A schedule in the names and units of a model. */
  @FunctionalInterface
  public interface Wanted {
    Schedule of(Quantities quantities);
  }

  /** The trajectories of a model along a schedule. */
  static Ensemble along(SdeModel model, EnsembleConfig config, Wanted wanted, long seed) {
    double change = change(model.scaling().condition());
    Schedule path = wanted.of(model.scaling().quantities());
    requireUnits(model, config, change, path);
    return new PathPrediction(model, config, change, seed).ensemble(path);
  }

  /**
   * Predictions of some schedules, by the arithmetic that is done with them first. The bits are
   * those of any other.
   *
   * @param config its horizon and conditions are not asked
   * @param change largest change of the condition within a step
   * @param schedules that will be predicted; an error if the model was not trained at their values
   */
  public static PathPrediction of(
      SdeModel model,
      EnsembleConfig config,
      double change,
      long seed,
      Collection<Schedule> schedules) {
    schedules.forEach(schedule -> check(model, config, schedule));
    schedules.forEach(schedule -> requireUnits(model, config, change, schedule));
    double trajectories = (double) config.trajectories() * model.models().size();
    double steps =
        schedules.stream()
            .mapToDouble(schedule -> course(model, config, change, schedule).steps())
            .sum();
    StepLimit.require(steps * trajectories, "ensemble.step, ensemble.trajectories");
    return config.engine() == EnsembleEngine.JAVA && steps * trajectories < WORTH_VECTORS
        ? new PathPrediction(model, config, change, seed, new JavaKernel(TileFactories.plain()))
        : new PathPrediction(model, config, change, seed);
  }

  /**
   * Checks that the model was trained at all values of a schedule, unless that is not asked for.
   */
  private static void check(SdeModel model, EnsembleConfig config, Schedule schedule) {
    SdeScaling scaling = model.scaling();
    scaling.timeUnit(schedule.lowest(), config.where().allowExtrapolation());
    scaling.timeUnit(schedule.highest(), config.where().allowExtrapolation());
  }

  /**
   * Refuses schedules of simulated time of more than a million units of time of the model, which
   * nobody means.
   *
   * @param config its horizon and conditions are not asked
   * @param change largest change of the condition within a step
   * @throws LatticeLiftException (65) with what was probably meant
   */
  public static void requireUnits(
      SdeModel model, EnsembleConfig config, double change, Schedule schedule) {
    double units = units(model, config, change, schedule);
    if (!schedule.real()) {
      String where = "schedule from " + schedule.start() + " on";
      requireUnits(model, units, schedule.length(), where);
    }
  }

  /** The same of a length in time and in units of time of the model. */
  public static void requireUnits(SdeModel model, double units, double length, String where) {
    if (!(units <= MOST_UNITS)) {
      Quantities quantities = model.scaling().quantities();
      boolean real = quantities.vacancies().isPresent();
      throw LatticeLiftException.badData(
          String.format(
              Locale.ROOT,
              "a schedule of %.3g%s, which are %.3g units of time of the model",
              length,
              quantities.timeUnit().equals("1") ? "" : " " + quantities.timeUnit(),
              units),
          where,
          "at most 1e6 units",
          real
              ? "Times are those of the simulation, whose vacancies are many; did you mean clock: real?"
                  + " (vacancies={formation_eV: E, clock: real})"
              : "Shorten it");
    }
  }

  /**
   * The length of a schedule in units of time of the model ({@code change}: largest change of the
   * condition within a step).
   */
  public static double units(
      SdeModel model, EnsembleConfig config, double change, Schedule schedule) {
    double units = 0;
    for (Piece piece : schedule.pieces(change)) {
      double unit = model.scaling().timeUnit(piece.value(), config.where().allowExtrapolation());
      units += piece.length() / unit;
    }
    return units;
  }

  /** What predictions of some schedules cost ({@code records}: of each; empty for equal times). */
  public double work(Collection<Schedule> schedules, List<Optional<RealTime.Records>> records) {
    double steps = 0;
    int i = 0;
    for (Schedule schedule : schedules) {
      steps += course(schedule, records.get(i++)).steps();
    }
    return (double) config.trajectories() * model.models().size() * steps;
  }

  public PredictedPath along(Schedule schedule, int threads, StopSignal stop) {
    return along(schedule, schedule.start(), threads, stop);
  }

  /**
   * Predicts one schedule with the noise of another condition than that at its start, so that
   * schedules with different starts share theirs.
   */
  public PredictedPath along(Schedule schedule, double noise, int threads, StopSignal stop) {
    Ensemble ensemble = ensemble(schedule, noise);
    double[] times = ensemble.times();
    double[] values = new double[times.length];
    for (int r = 0; r < times.length; r++) {
      values[r] = schedule.value(times[r]);
    }
    return along(schedule, ensemble, values, threads, stop, share -> {});
  }

  /**
   * Predicts one schedule, recorded where it is told to ({@code records}: where; empty for equal
   * times; {@code progress}: is told, from any thread, which further share of the work is done).
   */
  public PredictedPath along(
      Schedule schedule,
      Optional<RealTime.Records> records,
      int threads,
      StopSignal stop,
      DoubleConsumer progress) {
    if (records.isEmpty()) {
      Ensemble ensemble = ensemble(schedule);
      double[] values = Arrays.stream(ensemble.times()).map(schedule::value).toArray();
      return along(schedule, ensemble, values, threads, stop, progress);
    }
    Ensemble ensemble = ensemble(course(schedule, records), schedule.start());
    return along(schedule, ensemble, records.get().value(), threads, stop, progress);
  }

  private PredictedPath along(
      Schedule schedule,
      Ensemble ensemble,
      double[] values,
      int threads,
      StopSignal stop,
      DoubleConsumer progress) {
    Trajectories all = ensemble.run(threads, stop, progress);
    Statistics s = Statistics.along(all, model.resampling(), threads, stop);
    double[] times = ensemble.times();
    return new PredictedPath(
        times,
        values,
        outside(schedule, times),
        new Novelty(model).along(values, s.mean(), s.halfWidth()),
        s.mean(),
        s.std(),
        s.halfWidth(),
        s.modelMean());
  }

  /** Where the trajectories of each model start, scaled variables. */
  public double[][] starts() {
    SdeScaling scaling = model.scaling();
    Ensemble any = ensemble(Schedule.constant(scaling.condition()[0], scaling.timeUnit()[0]));
    return IntStream.range(0, model.models().size()).mapToObj(any::start).toArray(double[][]::new);
  }

  /** The trajectories of a schedule, not integrated yet. */
  Ensemble ensemble(Schedule schedule) {
    return ensemble(schedule, schedule.start());
  }

  private Ensemble ensemble(Schedule schedule, double noise) {
    return ensemble(course(model, config, change, schedule), noise);
  }

  private Ensemble ensemble(Course course, double noise) {
    Condition key = Condition.of(model.scaling().quantities().parameter(), noise);
    return new Ensemble(model, config, programs, streams, key, course);
  }

  private Course course(Schedule schedule, Optional<RealTime.Records> records) {
    return records.isEmpty()
        ? course(model, config, change, schedule)
        : at(model, config, change, schedule, records.get().time());
  }

  private static Course course(
      SdeModel model, EnsembleConfig config, double change, Schedule schedule) {
    if (units(model, config, change, schedule) > LONG) {
      double[] times = new double[config.times().records()];
      Arrays.setAll(times, r -> schedule.length() * r / (times.length - 1));
      times[times.length - 1] = schedule.length();
      return at(model, config, change, schedule, times);
    }
    return Course.along(
        schedule,
        model.scaling(),
        StableSteps.of(model, config),
        config.times().records(),
        change,
        config.where().allowExtrapolation());
  }

  private static Course at(
      SdeModel model, EnsembleConfig config, double change, Schedule schedule, double[] times) {
    boolean all = units(model, config, change, schedule) <= LONG;
    return Course.at(
        times,
        schedule,
        model.scaling(),
        StableSteps.of(model, config),
        change,
        config.where().allowExtrapolation(),
        all ? Double.POSITIVE_INFINITY : MEMORY);
  }

  /**
   * The largest change of the condition within a step, unless something else is asked for ({@code
   * trained}: conditions, ascending); 1/250 of their range, or of the only one.
   */
  public static double change(double[] trained) {
    double lowest = trained[0];
    double width = trained[trained.length - 1] - lowest;
    return (width > 0 ? width : lowest == 0 ? 1 : Math.abs(lowest)) / PIECES;
  }

  /** The longest steps at each trained condition, in units of time of the model. */
  public static double[] longestSteps(SdeModel model, EnsembleConfig config) {
    StableSteps steps = StableSteps.of(model, config);
    return Arrays.stream(model.scaling().condition()).map(steps::at).toArray();
  }

  /** A piece outside marks the records that follow its beginning, up to the first after its end. */
  private boolean[] outside(Schedule schedule, double[] times) {
    boolean[] outside = new boolean[times.length];
    outside[0] = untrained(schedule.start());
    int record = 0;
    for (Piece piece : schedule.pieces(change)) {
      while (record + 1 < times.length && times[record] <= piece.start()) {
        record++;
      }
      boolean passed = untrained(piece.value());
      for (int r = record; passed && r < times.length; r++) {
        outside[r] = true;
        passed = times[r] < piece.end();
      }
    }
    return outside;
  }

  private boolean untrained(double value) {
    double[] trained = model.scaling().condition();
    return value < trained[0] || value > trained[trained.length - 1];
  }
}
