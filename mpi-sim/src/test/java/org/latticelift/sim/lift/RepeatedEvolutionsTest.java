package org.latticelift.sim.lift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several evolutions of each patch from one state, whose mean the drift is fitted to (EX-04). */
class RepeatedEvolutionsTest {
  private static final String CONFIG =
      """
      system: ising
      conditions: {temperature: [2.5, 3]}
      lattice: {small: 8, large: 16, field: 0.1, small_start: uniform}
      simulate: {runs: 5, records: 6, duration: {events: 600}}
      upsample: {keep: none}
      evolve: {samples: 100, shard_samples: 30, duration: {time: 2}, compensator: on, MORE}
      """;
  private static final int VALUES = 2 * 200;

  @TempDir Path folder;

  private PairsFile run(String name, String more) {
    String config = CONFIG.replace("MORE", more);
    return PairsFile.open(TinyLift.run(folder.resolve(name), config, 2).resolve("pairs.h5"));
  }

  @Test
  void theFirstEvolutionIsThatOfASingleOne() {
    try (PairsFile one = run("one", "patches: 2");
        PairsFile three = run("three", "patches: 2, evolutions: 3")) {
      for (PairColumn column : one.columns()) {
        if (column != PairColumn.EVENTS) {
          assertThat(three.values(column)).as(column.path()).isEqualTo(one.values(column));
        }
      }
      assertThat(one.has(PairColumn.MEAN_Z1)).isFalse();
      assertThat(one.has(PairColumn.MEAN_COMPENSATOR)).isFalse();
    }
  }

  @Test
  void everyEvolutionOfThePatchesCountsAlike() {
    try (PairsFile three = run("patches", "patches: all, evolutions: 3")) {
      requireExchangeable(three);
    }
  }

  @Test
  void everyEvolutionOfTheWholeCountsAlike() {
    try (PairsFile three = run("whole", "patches: all, environment: whole, evolutions: 3")) {
      requireExchangeable(three);
    }
  }

  /**
   * Given the state, all evolutions have one law, so that E[(first - mean) mean] = 0 of changes as
   * of compensators, while E[(first - mean)^2] is two thirds of the covariance given the state.
   * Within four standard errors; a mean without the first, or of one evolution twice, is 5 or more
   * away.
   */
  private static void requireExchangeable(PairsFile file) {
    double[] z0 = file.doubles(PairColumn.Z0);
    double[] first = file.doubles(PairColumn.Z1);
    double[] mean = file.doubles(PairColumn.MEAN_Z1);
    double[] compensator = file.doubles(PairColumn.COMPENSATOR);
    double[] expected = file.doubles(PairColumn.MEAN_COMPENSATOR);
    double[] changes = new double[VALUES];
    double[] integrals = new double[VALUES];
    for (int i = 0; i < VALUES; i++) {
      changes[i] = (first[i] - mean[i]) * (mean[i] - z0[i]);
      integrals[i] = (compensator[i] - expected[i]) * expected[i];
    }
    assertThat(Math.abs(errorsFromZero(changes))).as("changes").isLessThan(4);
    assertThat(Math.abs(errorsFromZero(integrals))).as("compensators").isLessThan(4);
    assertThat(mean).isNotEqualTo(first);
  }

  /** Of the observables apart, which have scales of their own, the one that is farther away. */
  private static double errorsFromZero(double[] values) {
    double farthest = 0;
    for (int observable = 0; observable < 2; observable++) {
      double sum = 0;
      double square = 0;
      for (int i = observable; i < values.length; i += 2) {
        sum += values[i];
        square += values[i] * values[i];
      }
      double errors = sum / Math.sqrt(square);
      farthest = Math.abs(errors) > Math.abs(farthest) ? errors : farthest;
    }
    return farthest;
  }

  @Test
  void evolutionsOfDifferentTimesHaveNoMean() {
    String config =
        CONFIG
            .replace("duration: {time: 2}", "duration: {events: 64}")
            .replace("MORE", "patches: 1, evolutions: 2");
    assertFails(() -> TinyLift.run(folder.resolve("events"), config, 1), "evolve.evolutions");
  }
}
