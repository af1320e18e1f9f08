package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.sim.system.Condition;

/** A linear equation, z = 0.5 + 2 y, dy = -2 (y - 0.7) ds + 0.3 dW. */
class SizedEnsembleTest {
  private static final double UNIT = 1e-3;

  private static SizedEnsemble of(double units, double noise) {
    return SizedEnsemble.of(
        LinearModels.one(2, 0.7, 0.3, new double[] {1000, 2000}, new double[] {UNIT, 1e-6}),
        EnsembleConfig.sized(
            16, 101, new Steps(0.05, StepScheme.RUNGE_KUTTA), new double[] {0.1, 0}, units, noise),
        Condition.of("temperature_K", 1000),
        5,
        StopSignal.none());
  }

  @Test
  void theDriftIsThatOfAllSizes() {
    SizedEnsemble quiet = of(2, 0);
    for (int r = 0; r < quiet.time().length; r += 20) {
      double t = quiet.time()[r] / UNIT;
      double mean = 1.9 - 1.8 * Math.exp(-2 * t);
      assertThat(quiet.statistics().mean()[2 * r]).isCloseTo(mean, within(1e-3));
    }
    assertThat(quiet.time()[quiet.time().length - 1]).isEqualTo(2 * UNIT, within(1e-12));
  }

  /** The deviation 2 sigma / sqrt(2 rate) is 0.3; some 3200 independent values know it to 1.5 %. */
  @Test
  void theNoiseGrowsByItsFactor() {
    for (double noise : new double[] {1, 3}) {
      double deviation = of(400, noise).statistics().lateStd()[0];
      assertThat(deviation).isCloseTo(0.3 * noise, within(0.045 * 0.3 * noise));
    }
  }
}
