package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.Course.Programs;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition;
import org.latticelift.learn.ensemble.Ensemble.BlockPosition.BlockObserver;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.schedule.ScheduleSpec;
import org.latticelift.sim.system.Condition;

/**
 * Predictions along schedules against closed forms and against those without a schedule (EX-50).
 */
class PathPredictionTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-5};
  private static final double RATE = 2;
  private static final double CENTRE = 0.7;
  private static final int RECORDS = 9;
  private static final String YAML =
      "{trajectories: 100, records: 9, step: 0.004, initial: {observables: [0.5, 0]}}";

  private static SdeModel model(double sigma) {
    return LinearModels.one(RATE, CENTRE, sigma, KELVIN, UNIT);
  }

  private static Schedule schedule(String yaml) {
    return ScheduleSpec.fromConfig(ConfigNode.parse(yaml, "test")).schedule("temperature_K", "s");
  }

  private static PathPrediction prediction(SdeModel model, String yaml, double change) {
    return new PathPrediction(model, LinearModels.config(yaml), change, 12);
  }

  private static PredictedPath path(SdeModel model, Schedule schedule, double change) {
    return prediction(model, YAML, change).along(schedule, 2, StopSignal.none());
  }

  /** As a stage predicts it without a schedule. */
  private static Statistics without(SdeModel model, double kelvin, double seconds) {
    String yaml = YAML.replace("step", "horizon: {time_s: %s}, step");
    Ensemble ensemble =
        new Ensemble(
            model,
            LinearModels.config(yaml.formatted(seconds)),
            new JavaKernel(),
            new Streams(12),
            Condition.of("temperature_K", kelvin));
    Trajectories all = ensemble.room();
    for (int task = 0; task < ensemble.tasks(); task++) {
      all.put(
          ensemble.firstTrajectory(task),
          ensemble.run(task, BlockPosition.START, new Interrupting(0)).encode());
    }
    return Statistics.of(
        all, new double[] {0.5}, Resampling.none(all.models()), 1, StopSignal.none());
  }

  /** One segment, and three that end at records. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{anneal: {at: 1250, time_s: 3.7e-4}}",
        "[{anneal: {at: 1250, time_s: 9.25e-5}}, {anneal: {at: 1250, time_s: 1.85e-4}},"
            + " {anneal: {at: 1250, time_s: 9.25e-5}}]"
      })
  void anIsothermalScheduleIsARunWithoutOne(String yaml) {
    SdeModel model = LinearModels.twice(model(0.3));
    PredictedPath path = path(model, schedule(yaml), 2);
    Statistics expected = without(model, 1250, 3.7e-4);
    assertThat(path.mean()).isEqualTo(expected.mean());
    assertThat(path.deviation()).isEqualTo(expected.std());
    assertThat(path.modelMean()).isEqualTo(expected.modelMean());
  }

  /** tau(T), ln tau straight in 1/T between both trained temperatures. */
  private static double unit(double kelvin) {
    double weight = (1 / kelvin - 1 / 1000.0) / (1 / 2000.0 - 1 / 1000.0);
    return 1e-3 * Math.pow(1e-5 / 1e-3, weight);
  }

  /** The scaled time that has passed, by many small steps. */
  private static double clock(Schedule schedule, double time) {
    int steps = 40_000;
    double sum = 0;
    for (int k = 0; k < steps; k++) {
      sum += time / steps / unit(schedule.value((k + 0.5) * time / steps));
    }
    return sum;
  }

  /** dz = -rate (z - centre) dt / tau(T(t)): a quench, a ramp upwards, jumps between records. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{quench: {from: 2000, to: 1000, time_s: 1e-4}}",
        "{ramp: {from: 1000, to: 1900, time_s: 3e-5}}",
        "[{anneal: {at: 1000, time_s: 1.3e-4}}, {anneal: {at: 1500, time_s: 3.1e-5}}]",
        "{cycle: {low: 1100, high: 1800, time_s: 2e-5, count: 3}}"
      })
  void theMeanFollowsTheModelsOwnClock(String yaml) {
    Schedule schedule = schedule(yaml);
    PredictedPath path = path(model(0), schedule, 2);
    for (int r = 0; r < RECORDS; r++) {
      assertThat(path.time()[r]).isCloseTo(schedule.length() * r / 8, within(1e-12));
      assertThat(path.condition()[r]).isEqualTo(schedule.value(path.time()[r]));
      double expected = 0.5 + 2 * CENTRE * (1 - Math.exp(-RATE * clock(schedule, path.time()[r])));
      // steps of Euler are 0.004 relaxations at most: RATE^2 s exp(-RATE s) h / 2 is below 0.003
      assertThat(path.mean()[2 * r]).isCloseTo(expected, within(0.004));
      assertThat(path.mean()[2 * r + 1]).isCloseTo(1 - 2 * path.mean()[2 * r], within(1e-5));
    }
  }

  /** The noise goes with the same clock: the variance is that of an isothermal run of length S. */
  @Test
  void theVarianceFollowsTheClockToo() {
    Schedule schedule = schedule("{quench: {from: 2000, to: 1000, time_s: 4e-5}}");
    PredictedPath path =
        prediction(model(0.3), YAML.replace("100", "4000"), 2)
            .along(schedule, 2, StopSignal.none());
    double s = clock(schedule, schedule.length());
    double variance = 4 * 0.09 / (2 * RATE) * (1 - Math.exp(-2 * RATE * s));
    double found = Math.pow(path.deviation()[16], 2);
    assertThat(found).isCloseTo(variance, within(variance * (4 * Math.sqrt(2.0 / 4000) + 0.01)));
  }

  @Test
  void coarsePiecesAreSecondOrder() {
    Schedule schedule = schedule("{quench: {from: 2000, to: 1000, time_s: 1e-4}}");
    SdeModel model = model(0);
    double exact = path(model, schedule, 1).mean()[16];
    assertThat(path(model, schedule, 20).mean()[16]).isCloseTo(exact, within(2e-3));
  }

  /** So that a step of the integration sees nearly one condition. */
  @Test
  void aStepChangesTheConditionByOne250thOfTheTrainedRange() {
    assertThat(PathPrediction.change(new double[] {1000, 1400, 2000})).isEqualTo(4);
    assertThat(PathPrediction.change(new double[] {1250})).isEqualTo(5);
  }

  /** Of 3.6e3 s at 2000 K, where a unit is 1e-5 s. */
  @Test
  void schedulesOfMillionsOfUnitsAreRefused() {
    Schedule hour = schedule("{anneal: {at: 2000, time_s: 3600}}");
    assertFails(
        ExitCode.BAD_DATA,
        () -> PathPrediction.of(model(0.3), LinearModels.config(YAML), 2, 12, List.of(hour)),
        "a schedule of 3.60e+03 s",
        "3.60e+08 units",
        "at most 1e6");
    Schedule longest = schedule("{anneal: {at: 2000, time_s: 9.9}}");
    EnsembleConfig coarse = LinearModels.config(YAML.replace("0.004", "0.2"));
    PathPrediction.of(model(0.3), coarse, 2, 12, List.of(longest));
    EnsembleConfig fine = LinearModels.config(YAML.replace("0.004", "1e-9"));
    assertThatThrownBy(() -> PathPrediction.of(model(0.3), fine, 2, 12, List.of(longest)))
        .hasMessageContainingAll("steps", "1e12");
  }

  /** Of 3e4 units, of which a record every 3750 depends on the last thirty. */
  @Test
  void whatIsLongPastIsLeftOut() {
    Schedule schedule = schedule("{anneal: {at: 2000, time_s: 0.3}}");
    EnsembleConfig config = LinearModels.config(YAML.replace("0.004", "0.02"));
    PathPrediction prediction = PathPrediction.of(model(0.3), config, 2, 12, List.of(schedule));
    double all = prediction.work(List.of(schedule), List.of(Optional.empty()));
    double units = all * 0.02 / config.trajectories() / model(0.3).models().size();
    assertThat(units).isCloseTo(8 * 30, within(1e-6));
    PredictedPath path = prediction.along(schedule, 1, StopSignal.none());
    Schedule shorter = schedule("{anneal: {at: 2000, time_s: 0.08}}"); // 8000 units, all of them
    PredictedPath whole =
        PathPrediction.of(model(0.3), config, 2, 12, List.of(shorter))
            .along(shorter, 1, StopSignal.none());
    int m = path.mean().length / path.time().length;
    double error = path.deviation()[m] / Math.sqrt(config.trajectories());
    for (int r = 1; r < path.time().length; r++) {
      assertThat(path.mean()[r * m]).isCloseTo(whole.mean()[r * m], within(5 * error));
      assertThat(path.deviation()[r * m])
          .isCloseTo(whole.deviation()[r * m], within(0.5 * whole.deviation()[r * m]));
    }
    assertThat(path.time()[8]).isEqualTo(0.3);
  }

  /** Equal times give what is recorded at equal times; equal states where no time passes. */
  @Test
  void recordsMayBeAnywhere() {
    Schedule schedule = schedule("{quench: {from: 2000, to: 1000, time_s: 1e-4}}");
    double end = schedule.length();
    double[] times = {0, end / 4, end / 4, end * 7 / 8, end};
    double[] values = {2000, 1750, 1700, 1125, 1000};
    List<Double> shares = new java.util.ArrayList<>();
    PredictedPath path =
        prediction(model(0), YAML, 2)
            .along(
                schedule,
                Optional.of(new RealTime.Records(times, values, times)),
                1,
                StopSignal.none(),
                shares::add);
    PredictedPath equal = path(model(0), schedule, 2);
    assertThat(path.time()).isEqualTo(times);
    assertThat(path.condition()).isEqualTo(values);
    int[] same = {0, 2, 2, 7, 8};
    for (int r = 0; r < times.length; r++) {
      assertThat(path.mean()[2 * r]).isCloseTo(equal.mean()[2 * same[r]], within(1e-3));
    }
    assertThat(shares.stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
    assertThat(shares).allMatch(share -> share >= 0).hasSizeGreaterThan(2);
  }

  @Test
  void threadsChangeNothing() {
    Schedule schedule = schedule("{quench: {from: 2000, to: 1000, time_s: 1e-4}}");
    PathPrediction prediction = prediction(LinearModels.twice(model(0.3)), YAML, 5);
    PredictedPath one = prediction.along(schedule, 1, StopSignal.none());
    PredictedPath three = prediction.along(schedule, 3, StopSignal.none());
    assertThat(one.mean()).isEqualTo(three.mean());
    assertThat(one.deviation()).isEqualTo(three.deviation());
  }

  @Test
  void equalBeginningsShareTheirNoise() {
    SdeModel model = model(0.3);
    PredictedPath short1 = path(model, schedule("{anneal: {at: 1500, time_s: 4e-5}}"), 2);
    PredictedPath longer =
        path(
            model,
            schedule("[{anneal: {at: 1500, time_s: 4e-5}}, {quench: {to: 1000, time_s: 4e-5}}]"),
            2);
    // half as many records in the common part, whose steps are equal
    assertThat(longer.mean()[2 * 4]).isCloseTo(short1.mean()[2 * 8], within(1e-4));
  }

  /**
   * A start that is a little different has other noise, unless that of a condition is asked for.
   */
  @Test
  void schedulesWithDifferentStartsShareNoiseIfAsked() {
    PathPrediction prediction = prediction(model(0.3), YAML, 2);
    Schedule one = schedule("{quench: {from: 1501, to: 1200, time_s: 1e-4}}");
    Schedule two = schedule("{quench: {from: 1501.0001, to: 1200, time_s: 1e-4}}");
    double own = prediction.along(one, 1, StopSignal.none()).mean()[16];
    double other = prediction.along(two, 1, StopSignal.none()).mean()[16];
    assertThat(Math.abs(own - other)).isGreaterThan(1e-3);
    double shared = prediction.along(one, 2000, 1, StopSignal.none()).mean()[16];
    double sharedToo = prediction.along(two, 2000, 1, StopSignal.none()).mean()[16];
    assertThat(sharedToo).isCloseTo(shared, within(1e-4));
  }

  @Test
  void whatWasNotTrainedIsRefusedOrMarked() {
    Schedule schedule = schedule("{ramp: {from: 1500, to: 500, time_s: 1e-5}}");
    assertFails(
        ExitCode.BAD_DATA,
        () -> PathPrediction.of(model(0.3), LinearModels.config(YAML), 2, 12, List.of(schedule)),
        "not trained at 500.0 K");
    String yaml = YAML.replace("{traj", "{allow_extrapolation: true, traj");
    PathPrediction allowed =
        PathPrediction.of(model(0.3), LinearModels.config(yaml), 2, 12, List.of(schedule));
    boolean[] outside = allowed.along(schedule, 1, StopSignal.none()).outside();
    for (int r = 0; r < RECORDS; r++) {
      assertThat(outside[r]).as("record " + r).isEqualTo(r > 4);
    }
  }

  /** Few steps are made without vectors, many with them. */
  @Test
  void theAmountOfWorkChangesNoBit() {
    Schedule schedule = schedule("{quench: {from: 1600, to: 1000, time_s: 1e-4}}");
    SdeModel model = model(0.3);
    EnsembleConfig config = LinearModels.config(YAML);
    for (List<Schedule> all : List.of(List.of(schedule), Collections.nCopies(5000, schedule))) {
      PredictedPath path =
          PathPrediction.of(model, config, 150, 12, all).along(schedule, 1, StopSignal.none());
      PredictedPath expected =
          new PathPrediction(model, config, 150, 12).along(schedule, 1, StopSignal.none());
      assertThat(path.mean()).isEqualTo(expected.mean());
      assertThat(path.halfWidth()).isEqualTo(expected.halfWidth());
      assertThat(path.deviation()).isEqualTo(expected.deviation());
    }
  }

  /** Interrupted in the middle of a leg, and at every other piece. */
  @Test
  void anInterruptedPathContinuesBitForBit() {
    SdeModel model = model(0.3);
    EnsembleConfig config = LinearModels.config(YAML.replace("0.004", "0.00002"));
    Course course =
        Course.along(
            schedule("{quench: {from: 1600, to: 1000, time_s: 1e-4}}"),
            model.scaling(),
            StableSteps.of(model, config),
            RECORDS,
            150,
            false);
    Ensemble ensemble =
        new Ensemble(
            model,
            config,
            new Programs(model, new JavaKernel()),
            new Streams(12),
            Condition.of("temperature_K", 1600),
            course);
    float[] whole = ensemble.run(0, BlockPosition.START, new Interrupting(0)).values();
    Interrupting observer = new Interrupting(3);
    int interruptions = 0;
    Trajectories made = null;
    while (made == null) {
      try {
        observer.pieces = 0;
        made = ensemble.run(0, observer.position, observer);
      } catch (IllegalStateException e) {
        interruptions++;
      }
    }
    assertThat(interruptions).isGreaterThan(RECORDS);
    assertThat(made.values()).isEqualTo(whole);
  }

  /** Ends the work after some pieces; with 0 never. */
  private static final class Interrupting implements BlockObserver {
    private final int most;
    private BlockPosition position = BlockPosition.START;
    private int pieces;

    Interrupting(int most) {
      this.most = most;
    }

    @Override
    public boolean due() {
      return ++pieces == most;
    }

    @Override
    public void reached(BlockPosition reached) {
      position = BlockPosition.of(reached.bytes());
      throw new IllegalStateException("interrupted");
    }
  }
}
