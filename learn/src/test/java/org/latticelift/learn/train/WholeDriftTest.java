package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.ControlVariate.WholeDrift;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Two variables at two conditions; the first of them moves faster as a whole, or does not. */
class WholeDriftTest {
  private static final double NOISE = 0.1;

  private static PairSet pairs(int n, double faster, long seed) {
    RandomStream stream = new Streams(11).stream(Purpose.CHECK, seed);
    double[] z0 = new double[2 * n];
    double[] z1 = new double[2 * n];
    double[] dt = new double[n];
    int[] condition = new int[n];
    for (int k = 0; k < n; k++) {
      condition[k] = k % 2;
      dt[k] = 0.1 * (1 + condition[k]);
      double x = stream.normal();
      double y = stream.normal();
      double[] drift = {-faster * (2 + condition[k]) * x, 1 - y - x * y};
      for (int i = 0; i < 2; i++) {
        z0[2 * k + i] = i == 0 ? x : y;
        z1[2 * k + i] =
            z0[2 * k + i] + drift[i] * dt[k] + NOISE * Math.sqrt(dt[k]) * stream.normal();
      }
    }
    return new PairSet(2, z0, z1, dt, condition, new double[] {1, 2}, new long[n]);
  }

  /** The error of a slope is its noise over the root of the sum of squares of the drift. */
  @Test
  void findsHowMuchFasterTheWholeMoves() {
    WholeDrift whole = WholeDrift.of(pairs(40_000, 1, 1), pairs(2000, 1.12, 2));
    assertThat(whole.error()[0])
        .isEqualTo(NOISE / Math.sqrt(1000 * (4 * 0.1 + 9 * 0.2)), within(2e-4));
    assertThat(whole.ratio()[0]).isEqualTo(1.12, within(4 * whole.error()[0]));
    assertThat(whole.ratio()[1]).isEqualTo(1, within(4 * whole.error()[1]));
    assertThat(whole.differs(0)).isTrue();
    assertThat(whole.differs(1)).isFalse();
  }

  /** A few per cent matter less than what else is approximate, and few evolutions say nothing. */
  @Test
  void whatIsSmallOrByChanceIsNotSaid() {
    assertThat(WholeDrift.of(pairs(40_000, 1, 1), pairs(2000, 1.03, 2)).differs(0)).isFalse();
    WholeDrift few = new WholeDrift(new double[] {1.12}, new double[] {0.05});
    assertThat(few.differs(0)).isFalse();
  }
}
