package org.latticelift.sim.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CorrelatedMeanTest {

  @Test
  void aLongAutoregressiveSeriesHasItsKnownError() {
    AutoRegression process = new AutoRegression(0.9);
    int n = 200_000;
    CorrelatedMean mean = CorrelatedMean.of(process.stationary(1, n, 1));
    assertThat(mean.correlation()).isCloseTo(9.5, within(0.6));
    assertThat(mean.deviation()).isCloseTo(1, within(0.02));
    assertThat(mean.error()).isCloseTo(process.error(n), within(0.03 * mean.error()));
    assertThat(mean.mean()).isCloseTo(0, within(3 * mean.error()));
    assertThat(mean.resolved()).isTrue();
  }

  @Test
  void uncorrelatedValuesHaveTheTextbookError() {
    CorrelatedMean mean = CorrelatedMean.of(new AutoRegression(0).stationary(1, 20_000, 2));
    assertThat(mean.error()).isCloseTo(1 / Math.sqrt(20_000), within(0.0004));
    assertThat(mean.independent()).isCloseTo(20_000, within(2000.0));
  }

  @Test
  void shortRunsGiveErrorsThatCoverTheTruth() {
    // 400 experiments of 3 runs of 60 values with correlation time 4.5 steps
    int covered = 0;
    double squared = 0;
    double claimed = 0;
    int experiments = 400;
    for (int e = 0; e < experiments; e++) {
      List<double[]> runs = new AutoRegression(0.8).stationary(3, 60, 1000 + e);
      CorrelatedMean mean = CorrelatedMean.of(runs);
      covered += Math.abs(mean.mean()) <= 2 * mean.error() ? 1 : 0;
      squared += mean.mean() * mean.mean() / experiments;
      claimed += mean.error() * mean.error() / experiments;
    }
    assertThat(covered).isGreaterThan((int) (0.88 * experiments));
    assertThat(Math.sqrt(claimed / squared)).isBetween(0.85, 1.15);
  }

  @Test
  void longBlocksGiveTheSameError() {
    double[] values = new AutoRegression(0.8).stationary(1, 100_000, 3).get(0);
    int length = 500;
    double[] blocks = new double[values.length / length];
    Arrays.setAll(
        blocks, b -> Arrays.stream(values, b * length, (b + 1) * length).average().orElseThrow());
    double spread = CorrelatedMean.of(List.of(blocks)).deviation() / Math.sqrt(blocks.length);
    assertThat(CorrelatedMean.of(List.of(values)).error()).isCloseTo(spread, within(0.1 * spread));
  }

  @Test
  void constantAndTinyInputsAreTold() {
    CorrelatedMean constant = CorrelatedMean.of(List.of(new double[] {2, 2, 2, 2, 2}));
    assertThat(constant.mean()).isEqualTo(2);
    assertThat(constant.error()).isZero();
    CorrelatedMean tiny = CorrelatedMean.of(List.of(new double[] {1, 2}));
    assertThat(tiny.mean()).isEqualTo(1.5);
    assertThat(tiny.error()).isNaN();
    assertThat(tiny.resolved()).isFalse();
  }

  @Test
  void aDriftingRunIsNotResolvedOrHasAWideError() {
    double[] line = new double[50];
    Arrays.setAll(line, i -> i / 50.0);
    CorrelatedMean mean = CorrelatedMean.of(List.of(line));
    assertThat(mean.error()).isGreaterThan(0.1);
  }
}
