package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.learn.train.ControlVariate.KappaEstimate;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Two variables with a drift that is quadratic, and covariances that are known. */
class MeasuredKappaTest {
  private static final double[] KAPPA = {3, 12};

  private static PairSet pairs(int n, boolean joint, long seed) {
    RandomStream stream = new Streams(7).stream(Purpose.CHECK, seed);
    double[] z0 = new double[2 * n];
    double[] z1 = new double[2 * n];
    double[] dt = new double[n];
    int[] condition = new int[n];
    for (int k = 0; k < n; k++) {
      condition[k] = k % 3 == 0 ? 0 : 1;
      dt[k] = 0.1 * (1 + condition[k]) * (0.5 + stream.uniform());
      double x = stream.normal();
      double y = stream.normal();
      double[] drift = {-2 * x + x * y, 1 - y * y};
      for (int i = 0; i < 2; i++) {
        z0[2 * k + i] = i == 0 ? x : y;
        double variance = (0.02 + 0.05 * condition[k]) * dt[k] * (joint ? 1 : KAPPA[i]);
        z1[2 * k + i] = z0[2 * k + i] + drift[i] * dt[k] + Math.sqrt(variance) * stream.normal();
      }
    }
    return new PairSet(2, z0, z1, dt, condition, new double[] {1, 2}, new long[n]);
  }

  /** 4 standard errors of 2000 squares: 0.126 of kappa. */
  @Test
  void findsTheRatioOfTheCovariances() {
    PairSet pairs = pairs(40_000, false, 1);
    KappaEstimate measured = KappaEstimate.measured(pairs, pairs(2000, true, 2));
    for (int i = 0; i < 2; i++) {
      assertThat(measured.error()[i] / KAPPA[i]).isEqualTo(Math.sqrt(2 / 2000.0), within(0.004));
      assertThat(measured.factors().kappa()[i])
          .isEqualTo(KAPPA[i], within(4 * measured.error()[i]));
    }
  }

  @Test
  void aConditionWithoutJointEvolutionsIsLeftOut() {
    PairSet joint = pairs(3000, true, 3);
    int[] rows = java.util.stream.IntStream.range(0, 3000).filter(k -> k % 3 != 0).toArray();
    PairSet pairs = pairs(40_000, false, 1);
    KappaEstimate measured = KappaEstimate.measured(pairs, joint.select(rows));
    for (int i = 0; i < 2; i++) {
      assertThat(measured.factors().kappa()[i])
          .isEqualTo(KAPPA[i], within(4 * measured.error()[i]));
    }
  }
}
