package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** ME-87 on normal laws, for which every kernel mean is known in closed form. */
final class MaximumMeanDiscrepancyTest {
  private static final double[] BANDWIDTHS = {0.25, 0.5, 1, 2, 4, 8};

  @Test
  void normalLawsHaveTheirKnownDiscrepancy() {
    int n = 2000;
    double[] first = normal(n, 2, 0, 1, 1);
    double[] second = normal(n, 2, 0.7, 1.5, 2);
    double expected = exact(2, 0.7, 1, 1.5 * 1.5);
    MaximumMeanDiscrepancy found = PlainDiscrepancy.of(first, second, 2);
    assertThat(found.unbiased()).isCloseTo(expected, within(0.08 * expected));
    assertThat(found.biased()).isGreaterThan(found.unbiased());
  }

  @Test
  void theUnbiasedEstimateIsZeroOnAverageForEqualLaws() {
    double mean = 0;
    double biased = 0;
    for (int i = 0; i < 200; i++) {
      MaximumMeanDiscrepancy found =
          PlainDiscrepancy.of(normal(10, 1, 0, 1, 10 + i), normal(12, 1, 0, 1, 900 + i), 1);
      mean += found.unbiased() / 200;
      biased += found.biased() / 200;
    }
    assertThat(mean).isCloseTo(0, within(0.01));
    assertThat(biased).isGreaterThan(0.05);
  }

  @Test
  void equalSetsHaveNoBiasedDiscrepancy() {
    double[] points = normal(20, 3, 0, 1, 5);
    assertThat(PlainDiscrepancy.of(points, points, 3).biased()).isCloseTo(0, within(1e-12));
  }

  @Test
  void onePointIsTooFew() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlainDiscrepancy.of(new double[2], new double[4], 2));
  }

  private static double exact(int d, double shift, double v1, double v2) {
    double sum = 0;
    for (double s : BANDWIDTHS) {
      double s2 = s * s;
      double cross =
          Math.pow(s2 / (s2 + v1 + v2), d / 2.0)
              * Math.exp(-d * shift * shift / (2 * (s2 + v1 + v2)));
      sum +=
          Math.pow(s2 / (s2 + 2 * v1), d / 2.0) + Math.pow(s2 / (s2 + 2 * v2), d / 2.0) - 2 * cross;
    }
    return sum / BANDWIDTHS.length;
  }

  private static double[] normal(int n, int d, double mean, double deviation, long task) {
    RandomStream stream = new Streams(11).stream(Purpose.CHECK, task);
    double[] points = new double[n * d];
    for (int i = 0; i < points.length; i++) {
      points[i] = mean + deviation * stream.normal();
    }
    return points;
  }
}
