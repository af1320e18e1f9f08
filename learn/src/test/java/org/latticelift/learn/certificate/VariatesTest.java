package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.certificate.Residuals.Variates;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * Increments of dz = (0.1 - z) ds + 0.4 dW, of whose noise a martingale knows 80 % of the variance.
 */
class VariatesTest {
  private static final double SHIFT = 0.1;
  private static final double SIGMA = 0.4;
  private static final double KNOWN = 0.8;
  private static final double DURATION = 0.05;
  private static final int COUNT = 4000;

  private static Increments increments(boolean martingale) {
    RandomStream stream = new Streams(5).stream(Purpose.CHECK, 1);
    double[] state = new double[COUNT];
    double[] increment = new double[COUNT];
    double[] duration = new double[COUNT];
    double[] known = new double[COUNT];
    double size = SIGMA * Math.sqrt(DURATION);
    for (int k = 0; k < COUNT; k++) {
      state[k] = 0.6 * stream.normal();
      duration[k] = DURATION;
      known[k] = 3 * size * stream.normal(); // B is found: a third of it is in the increment
      increment[k] =
          (SHIFT - state[k]) * DURATION
              + Math.sqrt(KNOWN) / 3 * known[k]
              + Math.sqrt(1 - KNOWN) * size * stream.normal();
    }
    return new Increments(1, state, increment, duration, martingale ? known : new double[0]);
  }

  private static Residuals residuals(boolean martingale) {
    SdeScaling scaling =
        new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});
    SdeModel model =
        LinearModels.one(1, 0, SIGMA, scaling, MacroscopicMap.identity(List.of("m")), 1);
    return Residuals.of(
        increments(martingale), model, 2000, new int[0], Neighbourhood.everywhere(1));
  }

  @Test
  void aKnownMartingaleLeavesAFifthOfTheVarianceOfTheDrift() {
    Residuals plain = residuals(false);
    Residuals known = residuals(true);
    for (int a = 0; a < 2; a++) {
      assertThat(known.covariance()[0][a][a] / plain.covariance()[0][a][a])
          .isCloseTo(1 - KNOWN, within(0.02));
    }
    double error = Math.sqrt(known.covariance()[0][0][0]);
    assertThat(error).isBetween(0.01, 0.015); // 0.4 sqrt(0.2) / sqrt(4000 * 0.05)
    assertThat(known.drift()[0][0]).isCloseTo(SHIFT, within(3 * error));
    assertThat(known.drift()[0][1])
        .isCloseTo(0, within(3 * Math.sqrt(known.covariance()[0][1][1])));
  }

  @Test
  void theNoiseIsThatOfTheIncrementsThemselves() {
    Residuals known = residuals(true);
    assertThat(known.noise()[0]).isCloseTo(SIGMA * SIGMA, within(4 * known.noiseError()[0]));
    assertThat(known.noiseError()[0]).isLessThan(0.01);
  }

  @Test
  void martingalesThatAreZeroOrMissingChangeNothing() {
    Increments plain = increments(false);
    double[] residual = plain.increment();
    assertThat(new Variates(plain).left(residual)).isSameAs(residual);
    Increments zero =
        new Increments(1, plain.state(), residual, plain.duration(), new double[COUNT]);
    assertThat(new Variates(zero).left(residual)).isEqualTo(residual);
    Increments twice =
        new Increments(1, plain.state(), residual, plain.duration(), residual.clone());
    assertThat(Arrays.stream(new Variates(twice).left(residual)).map(Math::abs).max().orElseThrow())
        .as("all of it is predicted")
        .isLessThan(1e-12);
  }
}
