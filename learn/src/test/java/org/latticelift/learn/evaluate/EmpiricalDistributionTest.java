package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.Discrepancy.EmpiricalDistribution;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class EmpiricalDistributionTest {
  private static double[] normal(int count, double mean, int task) {
    RandomStream stream = new Streams(4).stream(Purpose.CHECK, 90, task);
    double[] values = new double[count];
    Arrays.setAll(values, i -> mean + stream.normal());
    return values;
  }

  private static double ks(double[] one, double[] other) {
    return EmpiricalDistribution.of(one).kolmogorovSmirnov(EmpiricalDistribution.of(other));
  }

  private static double wasserstein(double[] one, double[] other) {
    return EmpiricalDistribution.of(one).wasserstein(EmpiricalDistribution.of(other));
  }

  @Test
  void distancesByHand() {
    double[] ends = {1, 0};
    assertThat(ks(ends, new double[] {0.5})).isEqualTo(0.5);
    assertThat(wasserstein(ends, new double[] {0.5})).isEqualTo(0.5);
    assertThat(ks(ends, ends)).isZero();
    assertThat(wasserstein(ends, ends)).isZero();
    double[] twice = {0, 1, 0, 1};
    assertThat(ks(ends, twice)).isZero();
    double[] far = {10, 12};
    assertThat(ks(ends, far)).isEqualTo(1);
    assertThat(wasserstein(ends, far)).isEqualTo(10.5);
    assertThat(wasserstein(far, ends)).isEqualTo(10.5);
    assertThat(ks(new double[] {3}, new double[] {3})).isZero();
  }

  /** Of shifted normal laws, within five errors of the larger sample. */
  @Test
  void distancesOfNormalLaws() {
    double[] one = normal(40_000, 0, 1);
    double[] other = normal(60_000, 0.5, 2);
    double expected = 2 * new NormalDistribution().cumulativeProbability(0.25) - 1;
    assertThat(ks(one, other)).isEqualTo(expected, within(5 * 0.5 / Math.sqrt(24_000)));
    assertThat(wasserstein(one, other)).isEqualTo(0.5, within(5 / Math.sqrt(24_000)));
    assertThat(ks(one, other))
        .isEqualTo(
            new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(one, other), within(1e-12));
  }

  @Test
  void weightsAreRepetitions() {
    EmpiricalDistribution weighted =
        new EmpiricalDistribution(new double[] {1, 2, 4}, new double[] {3, 0, 1});
    EmpiricalDistribution repeated = EmpiricalDistribution.of(new double[] {1, 4, 1, 1});
    double[] some = {0, 2, 3, 5, 1};
    EmpiricalDistribution other = EmpiricalDistribution.of(some);
    assertThat(weighted.kolmogorovSmirnov(repeated)).isZero();
    assertThat(weighted.wasserstein(other)).isEqualTo(repeated.wasserstein(other), within(1e-12));
    assertThat(some).containsExactly(0, 2, 3, 5, 1);
  }
}
