package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Errors of mean trajectories and discrepancies of ensembles whose laws are known. */
final class TrajectoryComparisonTest {
  private static final int TIMES = 20;
  private static final int D = 2;

  private static RandomStream stream(long key) {
    return new Streams(5).stream(Purpose.CHECK, key);
  }

  /** Trajectories around (1, 2) with unit noise at every time. */
  private static double[][] ensemble(int count, double shift, long key) {
    RandomStream stream = stream(key);
    double[][] all = new double[count][TIMES * D];
    for (double[] one : all) {
      for (int i = 0; i < one.length; i++) {
        one[i] = 1 + i % D + shift + stream.normal();
      }
    }
    return all;
  }

  private static double[] mean(double[][] values) {
    double[] mean = new double[values[0].length];
    for (double[] one : values) {
      Arrays.setAll(mean, i -> mean[i] + one[i] / values.length);
    }
    return mean;
  }

  private static double[] times() {
    double[] times = new double[TIMES];
    Arrays.setAll(times, i -> i);
    return times;
  }

  private static Discrepancy discrepancy(double shift, long key) {
    return Discrepancy.of(
        times(), ensemble(50, shift, key), ensemble(50, 0, key + 1000), D, stream(key));
  }

  /** 40 pairs of independent ensembles of the truth; floors are their averages. */
  @Test
  void floorsAreWhatTwoEnsemblesOfTheTruthHave() {
    double[] biased = new double[40];
    double[] unbiased = new double[40];
    double[] error = new double[40];
    double floor = 0;
    double errorFloor = 0;
    for (int i = 0; i < 40; i++) {
      Discrepancy found = discrepancy(0, i);
      biased[i] = found.mean().biased();
      unbiased[i] = found.mean().unbiased();
      floor += found.floor() / 40;
      double[][] one = ensemble(50, 0, i);
      TrajectoryError mean =
          TrajectoryError.of(mean(one), one, ensemble(50, 0, i + 1000), stream(i));
      error[i] = mean.value();
      errorFloor += mean.floor() / 40;
    }
    assertThat(average(biased)).isEqualTo(floor, within(4 * deviation(biased) / Math.sqrt(40)));
    assertThat(average(unbiased)).isEqualTo(0, within(4 * deviation(unbiased) / Math.sqrt(40)));
    assertThat(average(error)).isEqualTo(errorFloor, within(4 * deviation(error) / Math.sqrt(40)));
    assertThat(errorFloor).isEqualTo(2.0 / 50 / 2.5, within(0.002)); // 2 s^2/R over mean square
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = average(values);
    return Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).average().orElse(0));
  }

  @Test
  void theCurveIsTheDiscrepancyOfPointsAtEachTime() {
    double[][] predicted = ensemble(6, 0.5, 1);
    double[][] runs = ensemble(4, 0, 2);
    Discrepancy found = Discrepancy.of(times(), predicted, runs, D, stream(1));
    double unbiased = 0;
    for (int t = 0; t < TIMES; t++) {
      MaximumMeanDiscrepancy at = PlainDiscrepancy.of(points(predicted, t), points(runs, t), D);
      assertThat(found.biased()[t]).isEqualTo(at.biased(), within(1e-12));
      unbiased += at.unbiased() / TIMES;
    }
    assertThat(found.mean().unbiased()).isEqualTo(unbiased, within(1e-12));
  }

  private static double[] points(double[][] values, int t) {
    return Arrays.stream(values)
        .flatMapToDouble(one -> Arrays.stream(one, t * D, (t + 1) * D))
        .toArray();
  }

  /** Of 60 shifted ensembles, the interval holds the expectation in about 95 %. */
  @Test
  void intervalsHoldTheExpectation() {
    int rounds = 60;
    double[] unbiased = new double[rounds];
    Discrepancy[] found = new Discrepancy[rounds];
    for (int i = 0; i < rounds; i++) {
      found[i] = discrepancy(0.5, i);
      unbiased[i] = found[i].mean().unbiased();
    }
    double expected = average(unbiased);
    int held = 0;
    int heldErrors = 0;
    for (int i = 0; i < rounds; i++) {
      double shift = found[i].mean().biased() - found[i].mean().unbiased();
      Interval interval = found[i].interval();
      held += expected + shift >= interval.lower() && expected + shift <= interval.upper() ? 1 : 0;
      double[][] one = ensemble(50, 0.5, i);
      TrajectoryError error =
          TrajectoryError.of(mean(one), one, ensemble(50, 0, i + 1000), stream(i));
      double expectedError = (0.25 + 2.0 / 50) / (2.5 + 1.0 / 50);
      heldErrors +=
          expectedError >= error.interval().lower() && expectedError <= error.interval().upper()
              ? 1
              : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(50);
    assertThat(heldErrors).isGreaterThanOrEqualTo(50);
  }

  @Test
  void closuresAreNotObservables() {
    Coordinates physical = Coordinates.physical(List.of("prey", "predator", "closure_1"));
    assertThat(physical.columns()).containsExactly(0, 1);
    TimeSeries series = new TimeSeries(new double[] {0, 2}, new double[] {1, 2, 9, 3, 4, 9}, 3);
    assertThat(physical.at(series, new double[] {1})).containsExactly(2, 3);
    Coordinates scaled = new Coordinates(new int[] {2}, new double[] {1}, new double[] {4});
    assertThat(scaled.at(series, new double[] {2})).containsExactly(2);
  }
}
