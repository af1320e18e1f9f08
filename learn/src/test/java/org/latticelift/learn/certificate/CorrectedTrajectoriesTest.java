package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.certificate.CorrectedEnsemble.CorrectedTrajectories;
import org.latticelift.learn.certificate.CorrectedEnsemble.StateRange;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.system.MacroscopicMap;

/** dz = (0.1 - 2 z) ds + 1.5 * 0.4 dW with dW / h = 1 all the time: the exact solution is known. */
class CorrectedTrajectoriesTest {
  private static final double RATE = 2;
  private static final double SIGMA = 0.4;
  private static final double SHIFT = 0.1;
  private static final double FACTOR = 1.5;
  private static final double START = 0.7;
  private static final SdeScaling SCALING =
      new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});

  private static double after(int steps, StepScheme scheme) {
    MacroscopicMap map = MacroscopicMap.identity(List.of("m"));
    SdeModel model = LinearModels.one(RATE, 0, SIGMA, SCALING, map, 1);
    SdeKernel kernel = SdeKernel.batched(model.architecture(), model.models().get(0), 2000, 3);
    double[] none = {0};
    Correction correction =
        new Correction(
            DriftTerms.straight(1),
            new double[][] {{SHIFT, 0}},
            new double[] {FACTOR},
            none,
            none,
            none);
    CorrectedTrajectories z =
        new CorrectedTrajectories(
            kernel,
            3,
            List.of(List.of(correction)),
            StateRange.everything(1),
            new double[] {START});
    double h = 1.0 / steps;
    float dw = (float) Math.sqrt(h); // normals whose increment of the Wiener process is h
    for (int s = 0; s < steps; s++) {
      z.step(new float[][] {{dw, dw, dw}}, h, scheme);
    }
    assertThat(z.value(0, 2, SCALING)).isEqualTo(z.value(0, 0, SCALING));
    return z.value(0, 1, SCALING);
  }

  private static double exact() {
    double late = (SHIFT + FACTOR * SIGMA) / RATE;
    return late + (START - late) * Math.exp(-RATE);
  }

  @Test
  void threeDriftsHaveAnErrorOfThirdOrder() {
    double five = after(5, StepScheme.RUNGE_KUTTA) - exact();
    double ten = after(10, StepScheme.RUNGE_KUTTA) - exact();
    assertThat(Math.abs(five)).isLessThan(1e-3);
    assertThat(five / ten).isBetween(6.5, 10.5);
  }

  @Test
  void oneDriftHasAnErrorOfFirstOrder() {
    double many = after(100, StepScheme.EULER) - exact();
    double more = after(200, StepScheme.EULER) - exact();
    assertThat(many).isNotCloseTo(0, within(1e-4));
    assertThat(many / more).isBetween(1.9, 2.1);
  }
}
