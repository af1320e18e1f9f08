package org.latticelift.sim.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
  private static final int TRIALS = 500;

  /** Stationary runs of {@code window} correlation times, in a share of which a drift is seen. */
  private static double shareDrifting(int runs, double window, double total, double offset) {
    AutoRegression process = new AutoRegression(Math.exp(-window / 100));
    int drifting = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      List<double[]> records = process.stationary(runs, 100, 5000 + trial);
      for (int run = 0; run < runs; run++) {
        double[] values = records.get(run);
        double apart = offset * run;
        Arrays.setAll(values, i -> values[i] + apart + total * i / 100);
      }
      drifting += Drift.of(records).steady() ? 0 : 1;
    }
    return (double) drifting / TRIALS;
  }

  /** Five standard deviations of 500 trials above the stated rates. */
  @ParameterizedTest
  @CsvSource({"1,10,0.1", "1,100,0.04", "3,5,0.05", "4,20,0.04", "8,100,0.03", "40,10,0.03"})
  void stationaryRunsRarelyDrift(int runs, double window, double most) {
    assertThat(shareDrifting(runs, window, 0, 0)).isLessThan(most);
  }

  /** From one half to the other a drift makes half of its way. */
  @ParameterizedTest
  @CsvSource({"4,20,4,0.9", "8,20,3,0.95", "8,100,2,0.99", "40,10,2,0.99"})
  void driftsOfAFewDeviationsAreSeen(int runs, double window, double total, double least) {
    assertThat(shareDrifting(runs, window, total, 0)).isGreaterThan(least);
  }

  @Test
  void runsThatLieApartHideNoDrift() {
    assertThat(shareDrifting(4, 20, 4, 10)).isGreaterThan(0.9);
    assertThat(shareDrifting(4, 20, 0, 10)).isLessThan(0.04);
  }

  @Test
  void theDriftAndItsErrorAreThoseOfHalves() {
    AutoRegression process = new AutoRegression(0.8);
    int n = 40_000; // more than are looked at one by one
    double[] values = process.stationary(1, n, 1).get(0);
    Drift steady = Drift.of(List.of(values));
    double difference =
        Arrays.stream(values, n / 2, n).average().orElseThrow()
            - Arrays.stream(values, 0, n / 2).average().orElseThrow();
    assertThat(steady.value()).isCloseTo(difference, within(1e-12));
    assertThat(steady.error() / (Math.sqrt(2) * process.error(n / 2))).isCloseTo(1, within(0.15));
    Arrays.setAll(values, i -> values[i] + 3.0 * i / n);
    assertThat(Drift.of(List.of(values)).value()).isCloseTo(difference + 1.5, within(1e-9));
    assertThat(Drift.of(List.of(values)).error()).isCloseTo(steady.error(), within(1e-9));
    assertThat(Drift.of(List.of(values)).steady()).isFalse();
  }

  @Test
  void whatCannotBeToldIsNotSteadyAndAConstantIs() {
    assertThat(Drift.of(List.of(new double[] {1})).steady()).isFalse();
    assertThat(Drift.of(List.of(new double[] {1, 1, 1})).steady()).isFalse();
    assertThat(Drift.of(List.of(new double[20], new double[20])).steady()).isTrue();
    double[] line = new double[20];
    Arrays.setAll(line, i -> i);
    assertThat(Drift.of(List.of(line)).steady()).isFalse();
  }
}
