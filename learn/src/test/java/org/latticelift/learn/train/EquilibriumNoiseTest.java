package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.Baseline;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.PairSet.Split;
import org.latticelift.learn.train.SdeConfig.Scalings.Choice;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * A linear relaxation at two conditions, whose noise is four times as large on the way as in
 * equilibrium, and more than twice as large at the second one.
 */
class EquilibriumNoiseTest {
  private static final int N = 16_000;
  private static final double[] VALUES = {1000, 2000};
  private static final double[] NOISE = {0.04, 0.09};
  private static final double[] RUNS = {1, 4};
  private static final double DT = 0.1;
  private static final double ON_THE_WAY = 2;
  private static final SdeScaling SCALING =
      new SdeScaling(new double[1], new double[] {2}, VALUES, new double[] {1, 1});

  private static PairSet pairs() {
    RandomStream stream = new Streams(6).stream(Purpose.CHECK, 2);
    double[] z0 = new double[N];
    double[] z1 = new double[N];
    int[] condition = new int[N];
    double[] runs = new double[N];
    for (int k = 0; k < N; k++) {
      condition[k] = k % 2;
      runs[k] = RUNS[k / 2 % 2];
      boolean away = k / 4 % 2 == 1;
      z0[k] = away ? ON_THE_WAY + 2 * stream.uniform() : 0.3 * stream.normal();
      double variance = NOISE[condition[k]] * DT * (away ? 4 : 1) / runs[k];
      z1[k] = z0[k] * (1 - DT) + Math.sqrt(variance) * stream.normal();
    }
    double[] dt = new double[N];
    Arrays.fill(dt, DT);
    double[] none = {};
    long[] groups = new long[N];
    return new PairSet(1, z0, z1, none, none, dt, condition, VALUES, groups, none, runs);
  }

  /** Variances of 4000 squares are known to 2.2 %; four of these errors, and the scale of 2. */
  @Test
  void itIsThatOfThePairsThatHardlyMove() {
    PairSet pairs = pairs();
    Split all = new Split(IntStream.range(0, N).toArray(), new int[0]);
    DriftBaseline baseline =
        DriftBaseline.of(
            Baseline.of(1, VALUES), SCALING, pairs, pairs, List.of(all), List.of(pairs));
    int[] calm = baseline.calm(pairs, 0);
    assertThat(calm).hasSize(N / 2).isSorted();
    assertThat(Arrays.stream(calm).mapToDouble(k -> pairs.z0()[k])).allMatch(z -> z < ON_THE_WAY);
    double[] noise = baseline.noise(pairs);
    for (int c = 0; c < 2; c++) {
      assertThat(noise[c]).isCloseTo(NOISE[c] / 4, within(0.09 * NOISE[c] / 4));
    }
  }

  /** Where there is more noise a unit of time is shorter, and the mean of the units stays. */
  @Test
  void conditionsHaveEqualNoiseInTheirUnits() {
    SdeScaling scaling =
        new SdeScaling(
            new double[1],
            new double[] {2},
            VALUES,
            new double[] {3, 5},
            Quantities.KELVIN_AND_SECONDS);
    double[] unit = new Choice(scaling, 1).slower(new double[] {1, 4}).scaling().timeUnit();
    assertThat(unit[0]).isCloseTo(6, within(1e-12));
    assertThat(unit[1]).isCloseTo(2.5, within(1e-12));
    assertThat(scaling.timeUnit()).containsExactly(3, 5);
  }
}
