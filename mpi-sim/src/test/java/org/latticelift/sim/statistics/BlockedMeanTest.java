package org.latticelift.sim.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockedMeanTest {
  /** The mean of 200 estimates has an error of about 1.5 %; blocking leaves a bias of a few. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9})
  void theErrorIsThatOfTheMean(double memory) {
    AutoRegression process = new AutoRegression(memory);
    double squares = 0;
    double spread = 0;
    for (int trial = 0; trial < 200; trial++) {
      BlockedMean mean = BlockedMean.of(process.stationary(1, 4000, trial));
      assertThat(mean.resolved()).isTrue();
      squares += mean.error() * mean.error() / 200;
      spread += mean.mean() * mean.mean() / 200;
    }
    double exact = process.error(4000);
    assertThat(Math.sqrt(squares) / exact).isCloseTo(1, within(0.08));
    // 200 means: the root of their mean square is known to 5 %
    assertThat(Math.sqrt(spread) / exact).isCloseTo(1, within(0.15));
  }

  @Test
  void runsArePooled() {
    AutoRegression process = new AutoRegression(0.9);
    double squares = 0;
    for (int trial = 0; trial < 100; trial++) {
      double error = BlockedMean.of(process.stationary(10, 400, trial)).error();
      squares += error * error / 100;
    }
    assertThat(Math.sqrt(10 * squares) / process.error(400)).isCloseTo(1, within(0.1));
  }

  @Test
  void theNumberOfIndependentValuesIsThatOfTheCorrelation() {
    BlockedMean mean = BlockedMean.of(new AutoRegression(0.9).stationary(8, 8000, 3));
    assertThat(mean.independent()).isBetween(64_000 / 25.0, 64_000 / 14.0); // exact: s = 19
    assertThat(mean.deviation()).isCloseTo(1, within(0.1));
  }

  @Test
  void aRunOfFewCorrelationTimesIsNotResolved() {
    assertThat(BlockedMean.of(new AutoRegression(0.99).stationary(1, 300, 1)).resolved()).isFalse();
    assertThat(BlockedMean.of(List.of(new double[] {1, 2, 4})).resolved()).isFalse();
  }

  @Test
  void wholeRunsAreIndependentHoweverSlowTheyAre() {
    List<double[]> runs =
        List.of(flat(1), flat(2), flat(3), flat(4), flat(5), flat(6), flat(7), flat(8));
    BlockedMean mean = BlockedMean.of(runs);
    assertThat(mean.blocks()).isEqualTo(8);
    assertThat(mean.resolved()).isTrue();
    assertThat(mean.error()).isCloseTo(Math.sqrt(6.0 / 8), within(1e-12));
  }

  @Test
  void constantsHaveNoErrorAndOneValueHasNone() {
    BlockedMean constant = BlockedMean.of(List.of(flat(3)));
    assertThat(constant.mean()).isEqualTo(3);
    assertThat(constant.error()).isZero();
    assertThat(BlockedMean.of(List.of(new double[] {3})).error()).isNaN();
    assertThatThrownBy(() -> BlockedMean.of(List.of(flat(1), new double[3])))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double[] flat(double value) {
    double[] values = new double[20];
    java.util.Arrays.fill(values, value);
    return values;
  }
}
