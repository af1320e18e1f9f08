package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.ensemble.EnsembleStage.EnsembleTasks;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/** Euler-Maruyama against the closed form of a linear SDE (ME-77). */
class EnsembleTest {
  private static final double[] KELVIN = {1000, 2000};
  private static final double[] UNIT = {1e-3, 1e-6};

  @TempDir private Path folder;

  private static Ensemble ensemble(SdeModel model, String yaml, double kelvin) {
    return new Ensemble(
        model,
        LinearModels.config(yaml),
        new JavaKernel(),
        new Streams(12),
        Condition.of("temperature_K", kelvin));
  }

  /** All blocks, the last one first. */
  private static Trajectories run(Ensemble ensemble) {
    EnsembleTasks tasks = new EnsembleTasks(List.of(ensemble));
    byte[][] blocks = new byte[tasks.count()][];
    for (int task = blocks.length - 1; task >= 0; task--) {
      blocks[task] = tasks.run(task, Kept.nothing());
    }
    return tasks.join(blocks).get(0);
  }

  private static Trajectories run(SdeModel model, String yaml, double kelvin) {
    return run(ensemble(model, yaml, kelvin));
  }

  private static Statistics statistics(Trajectories all) {
    return Statistics.of(
        all, EnsembleConfig.levels(), Resampling.none(all.models()), 2, StopSignal.none());
  }

  @Test
  void meanAndVarianceOfALinearSde() {
    double rate = 2;
    double centre = 0.7;
    double sigma = 0.3;
    SdeModel model = LinearModels.one(rate, centre, sigma, KELVIN, UNIT);
    String yaml =
        "{trajectories: 4000, horizon: {relaxations: 2}, step: 0.005, records: 9,"
            + " initial: {observables: [0.5, 0]}}";
    Ensemble ensemble = ensemble(model, yaml, 1000);
    Statistics s = statistics(run(ensemble));
    double[] seconds = ensemble.times();
    for (int r = 0; r < 9; r++) {
      double t = seconds[r] / UNIT[0];
      assertThat(t).isCloseTo(2.0 * r / 8, within(1e-12));
      double mean = 0.5 + 2 * centre * (1 - Math.exp(-rate * t));
      double variance = 4 * sigma * sigma / (2 * rate) * (1 - Math.exp(-2 * rate * t));
      // Four standard errors plus the first-order error of the step.
      double error = 4 * Math.sqrt(variance / 4000) + 0.005 * rate * 1.4;
      assertThat(s.mean()[2 * r]).isCloseTo(mean, within(error));
      assertThat(s.mean()[2 * r + 1]).isCloseTo(1 - 2 * s.mean()[2 * r], within(1e-5));
      assertThat(s.std()[2 * r] * s.std()[2 * r])
          .isCloseTo(variance, within(variance * (4 * Math.sqrt(2.0 / 4000) + 0.01) + 1e-12));
      double half = s.quantile()[2 * s.mean().length + 2 * r];
      assertThat(half).isCloseTo(mean, within(error * 1.3));
    }
  }

  /** What the noise adds to a linear equation with constant sigma is proportional to sigma. */
  @Test
  void theFactorIsOnSigmaAlone() {
    SdeModel model = LinearModels.one(2, 0.7, 0.3, KELVIN, UNIT);
    String yaml = "{trajectories: 60, records: 4, diffusion_factor: %s}";
    Trajectories still = run(model, yaml.formatted("0"), 2000);
    Trajectories whole = run(model, yaml.formatted("1"), 2000);
    Trajectories quarter = run(model, yaml.formatted("0.25"), 2000);
    assertThat(whole.values())
        .isEqualTo(run(model, "{trajectories: 60, records: 4}", 2000).values());
    for (int t = 0; t < 60; t++) {
      double noise = whole.get(t, 3, 0) - still.get(t, 3, 0);
      assertThat(still.get(t, 3, 0)).isEqualTo(still.get(0, 3, 0));
      assertThat(noise).isNotZero();
      assertThat(quarter.get(t, 3, 0) - still.get(t, 3, 0))
          .isCloseTo((float) (0.25 * noise), within(1e-5f));
    }
  }

  /**
   * An unstable equation, whose states at the end are normal with a known deviation: so many are
   * beyond the limit, and the others have a known spread.
   */
  @Test
  void divergedTrajectoriesAreDroppedAndCounted() {
    int steps = 1536;
    double h = 0.01;
    double growth = (1 + h) * (1 + h);
    double deviation = 0.3 * Math.sqrt(h * (Math.pow(growth, steps) - 1) / (growth - 1));
    NormalDistribution law = new NormalDistribution();
    double limit = Walkers.LIMIT / deviation;
    double expected = 2 * (1 - law.cumulativeProbability(limit));
    assertThat(expected).isBetween(0.2, 0.6);
    SdeModel model = LinearModels.twice(LinearModels.one(-1, 0, 0.3, KELVIN, UNIT));
    String yaml =
        "{trajectories: 1000, horizon: {time_s: "
            + steps * h * UNIT[0]
            + "}, step: 0.01, records: 3, initial: {observables: [0.5, 0]},"
            + " keep_trajectories: true, on_divergence: %s}";
    Ensemble ensemble = ensemble(model, yaml.formatted("drop"), 1000);
    Trajectories all = run(ensemble);
    Statistics s = statistics(all);
    int left = all.bounded()[0].length + all.bounded()[1].length;
    assertThat(all.bounded()[0].length).isNotEqualTo(all.bounded()[1].length);
    assertThat(1 - left / 2000.0)
        .isCloseTo(expected, within(4 * Math.sqrt(expected * (1 - expected) / 2000)));
    double cut = 1 - 2 * limit * law.density(limit) / (1 - expected);
    double spread = 2 * deviation * Math.sqrt(cut);
    assertThat(s.std()[4]).isCloseTo(spread, within(0.1 * spread));
    assertThat(s.mean()[4]).isCloseTo(0.5, within(4 * spread / Math.sqrt(left)));
    assertThat(s.quantile()[2 * s.mean().length + 4])
        .isCloseTo(0.5, within(6 * spread / Math.sqrt(left)));
    assertThat(s.modelMean()).doesNotContain(Double.NaN);
    Path file = folder.resolve("ensemble.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      EnsembleFile.describe(writer, List.of("a", "b"), Resampling.none(1));
      EnsembleConfig config = LinearModels.config(yaml.formatted("drop"));
      EnsembleFile.write(writer, ensemble, all, s, model.scaling().quantities(), config);
    }
    try (EnsembleFile read = EnsembleFile.open(file)) {
      Condition condition = read.conditions().get(0);
      assertThat(read.diverged(condition)).isEqualTo(1 - left / 2000.0, within(1e-12));
      assertThat(read.trajectories(condition)).hasSize(left);
      assertThat(read.trajectoriesOfModels(condition))
          .containsExactly(all.bounded()[0].length, all.bounded()[1].length);
    }
    assertFails(() -> run(model, yaml.formatted("error"), 1000), "ensemble.on_divergence: drop");
  }

  /** Nothing is left of the statistics, and no trajectory is stored. */
  @Test
  void allMayDiverge() {
    SdeModel model = LinearModels.one(-3, 0, 0.3, KELVIN, UNIT);
    String yaml =
        "{trajectories: 50, horizon: {relaxations: 15}, step: 0.01, records: 3,"
            + " keep_trajectories: true, on_divergence: drop}";
    Ensemble ensemble = ensemble(model, yaml, 1000);
    Trajectories all = run(ensemble);
    Statistics s = statistics(all);
    assertThat(s.mean()).containsOnly(Double.NaN);
    assertThat(s.quantile()).containsOnly(Double.NaN);
    Path file = folder.resolve("ensemble.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      EnsembleFile.describe(writer, List.of("a", "b"), Resampling.none(1));
      EnsembleConfig config = LinearModels.config(yaml);
      EnsembleFile.write(writer, ensemble, all, s, model.scaling().quantities(), config);
    }
    try (EnsembleFile read = EnsembleFile.open(file)) {
      assertThat(read.diverged(read.conditions().get(0))).isEqualTo(1);
      assertThat(read.trajectories(read.conditions().get(0))).isEmpty();
    }
  }

  @Test
  void lateAveragesAndTheirError() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    String yaml = "{trajectories: 200, horizon: {time_s: 4e-5}, step: 0.02, records: 81}";
    Statistics s = statistics(run(model, yaml, 2000));
    // Correlation time 1, window 20: about 10 independent values per trajectory.
    double expected = 2 * 0.3 / Math.sqrt(2) / Math.sqrt(200 * 10.0);
    assertThat(s.lateMeanError()[0]).isBetween(0.7 * expected, 1.4 * expected);
    assertThat(s.lateMean()[0]).isCloseTo(0.5 + 2 * 0.7, within(4 * s.lateMeanError()[0]));
    double deviation = 2 * 0.3 / Math.sqrt(2 * (1 - 0.01));
    assertThat(s.lateStd()[0]).isCloseTo(deviation, within(4 * s.lateStdError()[0]));
    // Squares of a process of correlation time 1 forget within 1/2: 20 independent ones.
    double ofDeviation = deviation / Math.sqrt(2 * 200 * 20.0);
    assertThat(s.lateStdError()[0]).isBetween(0.7 * ofDeviation, 1.4 * ofDeviation);
  }

  @Test
  void errorsOfLateValuesAreThoseOfRepeatedEnsembles() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    String yaml = "{trajectories: 2400, horizon: {time_s: 4e-5}, step: 0.02, records: 41}";
    Trajectories all = run(model, yaml, 2000);
    int repeats = 120;
    double[] means = new double[repeats];
    double[] deviations = new double[repeats];
    double meanSquare = 0;
    double deviationSquare = 0;
    for (int r = 0; r < repeats; r++) {
      Statistics s = statistics(part(all, 20 * r, 20));
      means[r] = s.lateMean()[0];
      deviations[r] = s.lateStd()[0];
      meanSquare += s.lateMeanError()[0] * s.lateMeanError()[0] / repeats;
      deviationSquare += s.lateStdError()[0] * s.lateStdError()[0] / repeats;
    }
    // The variance of 120 values is known to 13 %.
    assertThat(meanSquare / variance(means)).isBetween(0.6, 1.6);
    assertThat(deviationSquare / variance(deviations)).isBetween(0.6, 1.6);
  }

  private static Trajectories part(Trajectories all, int first, int count) {
    Trajectories part = new Trajectories(1, count, all.records(), all.observables());
    double[] state = new double[all.observables()];
    for (int t = 0; t < count; t++) {
      for (int r = 0; r < all.records(); r++) {
        int trajectory = first + t;
        int record = r;
        Arrays.setAll(state, k -> all.get(trajectory, record, k));
        part.set(t, r, state);
      }
    }
    return part;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }

  @Test
  void aSingleTrajectoryHasNoErrorOfItsOwn() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    Statistics s = statistics(run(model, "{trajectories: 1, records: 5}", 2000));
    assertThat(s.lateMeanError()[0]).isNaN();
    assertThat(s.halfWidth()).containsOnly(Double.NaN);
  }

  @Test
  void modelsHaveDifferentNoiseAndAreReportedApart() {
    SdeModel model = LinearModels.twice(LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT));
    String yaml = "{trajectories: 300, horizon: {relaxations: 4}, records: 5}";
    Statistics s = statistics(run(model, yaml, 2000));
    int last = 4 * 2;
    assertThat(s.modelMean()[last]).isNotEqualTo(s.modelMean()[last + 10]);
    assertThat(s.mean()[last])
        .isCloseTo((s.modelMean()[last] + s.modelMean()[last + 10]) / 2, within(1e-9));
    assertThat(s.halfWidth()[last]).isNaN(); // models of the same pairs
  }

  @Test
  void startsWhereTheDriftOfAnotherTemperatureEnds() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    String yaml = "{trajectories: 3, records: 2, initial: {temperature_K: 1500}}";
    assertThat((double) run(model, yaml, 2000).get(0, 0, 0)).isCloseTo(1.9, within(1e-4));
  }

  @Test
  void blocksOfSeveralConditionsAndModelsGoWhereTheyBelong() {
    SdeModel model = LinearModels.twice(LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT));
    String yaml = "{trajectories: 100, records: 3}";
    List<Ensemble> both = List.of(ensemble(model, yaml, 1000), ensemble(model, yaml, 2000));
    EnsembleTasks tasks = new EnsembleTasks(both);
    assertThat(tasks.count()).isEqualTo(2 * 2 * 3);
    byte[][] blocks = new byte[tasks.count()][];
    Arrays.setAll(blocks, task -> tasks.run(task, Kept.nothing()));
    List<Trajectories> joined = tasks.join(blocks);
    for (int c = 0; c < 2; c++) {
      assertThat(joined.get(c).values()).isEqualTo(run(both.get(c)).values());
    }
    assertThat(Arrays.stream(blocks)).containsOnlyNulls();
  }

  @ParameterizedTest
  @CsvSource({
    "{relaxations: 1}, 1e-14",
    "{relaxations: 10}, 1e-10", // a hundred trajectories, of each 1e11 steps
    "{relaxations: 1e12}, 1e-3",
    "{relaxations: 1e-48}, 1e-3"
  })
  void schedulesThatNeverEndAreRefused(String horizon, String step) {
    String yaml = "{records: 2, horizon: " + horizon + ", step: " + step + "}";
    assertFails(
        ExitCode.BAD_DATA,
        () -> new EnsembleStage(LinearModels.config(yaml), new Planned(1, 1, 1)).check(),
        "ensemble.step",
        "1e12");
  }

  @Test
  void everyConditionMayHaveItsOwnHorizon() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    String yaml = "{horizon: {time_s: {1000: 3e-4, 2000: 4e-5}}, step: 0.02, records: 5}";
    assertThat(ensemble(model, yaml, 1000).times()[4]).isCloseTo(3e-4, within(1e-15));
    assertThat(ensemble(model, yaml, 2000).times()[4]).isCloseTo(4e-5, within(1e-15));
    assertThat(run(model, yaml, 2000).values())
        .isEqualTo(run(model, yaml.replace("{1000: 3e-4, 2000: 4e-5}", "4e-5"), 2000).values());
  }

  /** Also where trajectories lie in tiles of other widths and blocks of other lengths. */
  @Test
  void noiseDoesNotDependOnOtherTrajectoriesOrConditions() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    Trajectories many = run(model, "{trajectories: 200, records: 3}", 2000);
    for (int number : new int[] {1, 20, 48, 61, 130}) {
      String yaml = "{trajectories: " + number + ", records: 3}";
      Trajectories few = run(model, yaml, 2000);
      for (int t = 0; t < number; t++) {
        assertThat(many.get(t, 2, 0)).isEqualTo(few.get(t, 2, 0));
        assertThat(many.get(t, 2, 0)).isNotEqualTo(many.get(t + 1, 2, 0));
      }
    }
  }

  /**
   * Temperatures that differ in the fourth digit, as near a phase transition: the correlation of
   * 400 independent values is 0 within five errors of 1/20.
   */
  @Test
  void conditionsThatAreCloseHaveNoiseOfTheirOwn() {
    double[] close = {2.2691, 2.2694};
    SdeModel model = LinearModels.one(1, 0, 0.3, close, new double[] {1, 1});
    String yaml = "{trajectories: 400, records: 2, horizon: {relaxations: 2}}";
    Trajectories one = run(model, yaml, close[0]);
    Trajectories other = run(model, yaml, close[1]);
    double[] sums = new double[5];
    for (int t = 0; t < 400; t++) {
      double x = one.get(t, 1, 0);
      double y = other.get(t, 1, 0);
      double[] terms = {x / 400, y / 400, x * x / 400, y * y / 400, x * y / 400};
      Arrays.setAll(sums, i -> sums[i] + terms[i]);
    }
    double covariance = sums[4] - sums[0] * sums[1];
    double variances = (sums[2] - sums[0] * sums[0]) * (sums[3] - sums[1] * sums[1]);
    assertThat(covariance / Math.sqrt(variances)).isCloseTo(0, within(0.25));
  }

  @Test
  void conditionsArePredictedOnce() {
    assertFails(
        ExitCode.BAD_DATA,
        () -> LinearModels.config("{conditions: {temperature_K: [1000, 1000.0]}}"),
        "twice");
  }

  @Test
  void divergenceNamesTheCondition() {
    SdeModel model = LinearModels.one(-30, 0.7, 0.3, KELVIN, UNIT);
    assertFails(
        ExitCode.NUMERICAL, () -> run(model, "{trajectories: 2, records: 3}", 2000), "2000");
  }

  @Test
  void badSettingsAreRefused() {
    SdeModel model = LinearModels.one(1, 0.7, 0.3, KELVIN, UNIT);
    for (String yaml :
        new String[] {
          "{trajectories: 0}",
          "{horizon: {relaxations: -1}}",
          "{horizon: {hours: 1}}",
          "{horizon: {relaxations: {2000: 1}}}",
          "{horizon: {time_s: {1000: 1e-5}}}",
          "{horizon: {time_s: {2000: -1e-5}}}",
          "{horizon: 3}",
          "{initial: cold}",
          "{initial: {observables: [1]}}",
          "{records: 1}",
          "{trajectory: 3}"
        }) {
      assertThatThrownBy(() -> run(model, yaml, 2000))
          .as(yaml)
          .isInstanceOf(LatticeLiftException.class);
    }
    assertFails(() -> run(model, "{}", 900), "1000");
    assertThat(
            ensemble(model, "{allow_extrapolation: true, records: 2, trajectories: 2}", 900)
                .times()[1])
        .isGreaterThan(1e-2);
  }
}
