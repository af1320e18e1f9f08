package org.latticelift.learn.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.ensemble.LinearModels;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * Increments of dz = (0.1 - z) ds + 0.4 dW around 0, where late values are, and as many around 3,
 * where runs begin and the drift is 1 - z and the noise twice as large.
 */
class NeighbourhoodTest {
  private static final double SIGMA = 0.4;
  private static final double DURATION = 0.05;
  private static final int COUNT = 8000;
  private static final Neighbourhood LATE =
      new Neighbourhood(new double[] {0}, new double[] {0.3}, 2);

  private static Increments increments(double share) {
    RandomStream stream = new Streams(6).stream(Purpose.CHECK, 1);
    double[] state = new double[COUNT];
    double[] increment = new double[COUNT];
    double[] duration = new double[COUNT];
    for (int k = 0; k < COUNT; k++) {
      boolean early = k >= share * COUNT;
      state[k] = (early ? 3 : 0) + 0.3 * stream.normal();
      duration[k] = DURATION;
      increment[k] =
          ((early ? 1 : 0.1) - state[k]) * DURATION
              + (early ? 2 : 1) * SIGMA * Math.sqrt(DURATION) * stream.normal();
    }
    return new Increments(1, state, increment, duration);
  }

  private static Residuals residuals(double share, Neighbourhood near, int... signs) {
    SdeScaling scaling =
        new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});
    SdeModel model =
        LinearModels.one(1, 0, SIGMA, scaling, MacroscopicMap.identity(List.of("m")), 1);
    return Residuals.of(increments(share), model, 2000, signs, near);
  }

  private static double missed(Residuals of, double z) {
    return of.drift()[0][0] + of.drift()[0][1] * (z - of.centre()[0]);
  }

  @Test
  void whatRunsBeginWithDoesNotBendTheFitOfLateStates() {
    Residuals near = residuals(0.5, LATE);
    double error = Math.sqrt(near.covariance()[0][0][0]);
    assertThat(error).isBetween(0.02, 0.05); // 0.4 / sqrt(4000 * 0.05), and the weights
    assertThat(missed(near, 0)).isCloseTo(0.1, within(3 * error));
    double slope = Math.sqrt(near.covariance()[0][1][1]);
    assertThat(near.drift()[0][1]).isCloseTo(0, within(3 * slope));
    assertThat(near.noise()[0]).isCloseTo(SIGMA * SIGMA, within(4 * near.noiseError()[0]));
    assertThat(near.high()[0]).as("reach of the fit").isCloseTo(1.2, within(0.01));
    Residuals all = residuals(0.5, Neighbourhood.everywhere(1));
    assertThat(all.drift()[0][1]).as("a line through both").isCloseTo(0.3, within(0.05));
    assertThat(slope).as("of the near ones").isLessThan(0.15);
    assertThat(all.noise()[0]).isGreaterThan(2 * SIGMA * SIGMA);
  }

  @Test
  void withoutIncrementsThereTheNearestAreTaken() {
    Residuals far = residuals(0, LATE);
    assertThat(far.centre()[0]).isCloseTo(2.5, within(0.5));
    assertThat(missed(far, far.centre()[0])).isCloseTo(1, within(0.2));
    assertThat(Neighbourhood.effective(new double[] {2, 2, 2, 0})).isEqualTo(3);
  }

  @Test
  void oneOfTwoMirrorImagesStandsForBoth() {
    Neighbourhood one = new Neighbourhood(new double[] {3}, new double[] {0.3}, 2);
    Residuals both = residuals(0.5, one, -1);
    assertThat(both.centre()[0]).isZero();
    assertThat(both.low()[0]).isLessThan(-0.8);
    assertThat(both.noise()[0]).as("of both kinds").isGreaterThan(1.5 * SIGMA * SIGMA);
  }
}
