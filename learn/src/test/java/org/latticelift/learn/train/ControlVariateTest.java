package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Increments of two variables of which a known matrix of two martingales is a part; the conditions
 * have different matrices.
 */
class ControlVariateTest {
  private static final int GROUPS = 8;
  private static final int PER_GROUP = 500;
  private static final double[][][] B = {{{1, 0.5}, {0, 2}}, {{-1, 0}, {0.3, 0.3}}};
  private static final double REST = 0.5;
  private static final double MEAN = 0.05;

  private static PairSet pairs(int groups) {
    int n = 2 * groups * PER_GROUP;
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 1);
    double[] after = new double[2 * n];
    double[] martingale = new double[2 * n];
    int[] condition = new int[n];
    long[] group = new long[n];
    for (int k = 0; k < n; k++) {
      condition[k] = k % 2;
      group[k] = k / 2 % groups;
      double common = stream.normal();
      martingale[2 * k] = common;
      martingale[2 * k + 1] = 0.6 * common + 0.8 * stream.normal();
      for (int i = 0; i < 2; i++) {
        double[] row = B[k % 2][i];
        after[2 * k + i] =
            MEAN
                + row[0] * martingale[2 * k]
                + row[1] * martingale[2 * k + 1]
                + REST * stream.normal();
      }
    }
    double[] dt = new double[n];
    Arrays.fill(dt, 1);
    return set(new double[2 * n], after, dt, condition, group, martingale);
  }

  private static PairSet set(
      double[] z0, double[] z1, double[] dt, int[] condition, long[] group, double[] martingale) {
    double[] none = new double[0];
    return new PairSet(
        2,
        z0,
        z1,
        none,
        none,
        dt,
        condition,
        new double[] {1, 2},
        group,
        martingale,
        new double[0]);
  }

  private static double[] meanAndVariance(PairSet pairs, int condition, int variable) {
    double[] x = new double[pairs.count() / 2];
    for (int k = condition; k < pairs.count(); k += 2) {
      x[k / 2] = pairs.increment(k, variable);
    }
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return new double[] {mean, variance};
  }

  /** Standard errors: of a mean 0.5 / sqrt(4000) = 0.008, of a variance 2.2 %. */
  @Test
  void theMeanStaysAndOnlyTheRestOfTheVarianceIsLeft() {
    PairSet pairs = pairs(GROUPS);
    PairSet y = new ControlVariate(pairs).apply(pairs).targets();
    double[][] left = ControlVariate.noiseLeft(pairs.withTarget(y.z1()));
    for (int c = 0; c < 2; c++) {
      for (int i = 0; i < 2; i++) {
        double[] moments = meanAndVariance(y, c, i);
        assertThat(moments[0]).isEqualTo(MEAN, within(0.024));
        assertThat(moments[1]).isEqualTo(REST * REST, within(0.07 * REST * REST));
        assertThat(left[c][i])
            .isEqualTo(moments[1] / meanAndVariance(pairs, c, i)[1], within(1e-9));
      }
    }
  }

  @Test
  void aPairHasNoPartInTheMatrixOfItsOwnGroup() {
    PairSet pairs = pairs(GROUPS);
    double[] changed = pairs.z1().clone();
    changed[0] += 1000; // of group 0
    PairSet other =
        set(pairs.z0(), changed, pairs.dt(), pairs.condition(), pairs.group(), pairs.martingale());
    PairSet before = new ControlVariate(pairs).apply(pairs).targets();
    PairSet after = new ControlVariate(other).apply(other).targets();
    int sameGroup = 2 * GROUPS;
    int nextGroup = 2;
    assertThat(pairs.group()[sameGroup]).isEqualTo(pairs.group()[0]);
    assertThat(after.increment(sameGroup, 0))
        .isEqualTo(before.increment(sameGroup, 0), within(1e-9));
    assertThat(Math.abs(after.increment(nextGroup, 0) - before.increment(nextGroup, 0)))
        .isGreaterThan(1e-4);
    assertThat(after.increment(0, 0) - before.increment(0, 0)).isEqualTo(1000, within(1e-9));
  }

  @Test
  void pairsThatWereHeldOutGetTheMatrixOfAllOthers() {
    PairSet pairs = pairs(GROUPS);
    int[] first =
        java.util.stream.IntStream.range(0, pairs.count())
            .filter(k -> pairs.group()[k] < 4)
            .toArray();
    int[] last =
        java.util.stream.IntStream.range(0, pairs.count())
            .filter(k -> pairs.group()[k] >= 4)
            .toArray();
    PairSet held = pairs.select(last);
    PairSet y = new ControlVariate(pairs.select(first)).apply(held).targets();
    assertThat(meanAndVariance(y, 0, 1)[1]).isEqualTo(REST * REST, within(0.1 * REST * REST));
  }

  @Test
  void aConditionOfOneGroupKeepsItsIncrements() {
    PairSet pairs = pairs(1);
    assertThat(new ControlVariate(pairs).apply(pairs).target()).isEqualTo(pairs.z1());
  }

  /** A martingale that never moves, as of an observable that cannot change, is no obstacle. */
  @Test
  void martingalesThatDoNotMoveDoNotCount() {
    PairSet pairs = pairs(GROUPS);
    double[] still = pairs.martingale().clone();
    for (int k = 0; k < pairs.count(); k++) {
      still[2 * k + 1] = 0;
    }
    PairSet y =
        new ControlVariate(
                set(pairs.z0(), pairs.z1(), pairs.dt(), pairs.condition(), pairs.group(), still))
            .apply(pairs)
            .targets();
    assertThat(Arrays.stream(y.z1()).allMatch(Double::isFinite)).isTrue();
  }
}
