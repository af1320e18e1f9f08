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

/** What is left of increments of dz = (0.2 - z) ds + 0.4 dW by an equation without the 0.2. */
class ResidualsTest {
  private static final int COUNT = 20_000;
  private static final int EVOLUTIONS = 9;
  private static final double DURATION = 0.05;
  private static final double SHIFT = 0.2;
  private static final double SIGMA = 0.4;

  /** Several evolutions of each state: the first, and the mean of all. */
  private static Increments increments() {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 1);
    double[] state = new double[COUNT];
    double[] first = new double[COUNT];
    double[] mean = new double[COUNT];
    double[] duration = new double[COUNT];
    for (int k = 0; k < COUNT; k++) {
      state[k] = 0.5 * stream.normal();
      duration[k] = DURATION;
      for (int e = 0; e < EVOLUTIONS; e++) {
        double one = (SHIFT - state[k]) * DURATION + SIGMA * Math.sqrt(DURATION) * stream.normal();
        first[k] = e == 0 ? one : first[k];
        mean[k] += one / EVOLUTIONS;
      }
    }
    double[] none = {};
    return new Increments(1, state, first, duration, none, mean, none);
  }

  private static Residuals residuals(Increments increments) {
    SdeScaling scaling =
        new SdeScaling(new double[] {0}, new double[] {1}, new double[] {2000}, new double[] {1});
    MacroscopicMap map = MacroscopicMap.identity(List.of("m"));
    SdeModel model = LinearModels.one(1, 0, SIGMA, scaling, map, 1);
    return Residuals.of(increments, model, 2000, new int[0], Neighbourhood.everywhere(1));
  }

  @Test
  void theDriftIsThatOfTheMeansAndTheNoiseThatOfOneEvolution() {
    Increments several = increments();
    Residuals sharp = residuals(several);
    Residuals plain =
        residuals(new Increments(1, several.state(), several.increment(), several.duration()));
    double error = Math.sqrt(sharp.covariance()[0][0][0]);
    assertThat(Math.sqrt(plain.covariance()[0][0][0]) / error).isCloseTo(3, within(0.1));
    assertThat(error).isCloseTo(SIGMA / Math.sqrt(DURATION * COUNT * EVOLUTIONS), within(1e-4));
    assertThat(sharp.drift()[0][0]).isCloseTo(SHIFT, within(3 * error));
    assertThat(sharp.noise()[0]).isCloseTo(SIGMA * SIGMA, within(3 * sharp.noiseError()[0]));
    assertThat(sharp.noiseError()[0]).isCloseTo(plain.noiseError()[0], within(1e-4));
  }
}
