package org.latticelift.learn.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

final class UncertaintyTest {
  private static final int[] RESAMPLES = {0, 1, 2, 3, 4, 5, 0, 1};
  private static final Resampling EIGHT = new Resampling(RESAMPLES, Resampling.Unit.RUNS, 8);
  private static final int REPEATS = 4000;

  /** Models of one repetition: an estimate from all data, and what resamples and trainings add. */
  private static double[] models(RandomStream stream, double data, double training, double mc) {
    double estimate = data * stream.normal();
    double[] ofResample = new double[6];
    Arrays.setAll(ofResample, r -> data * stream.normal());
    double[] models = new double[8];
    Arrays.setAll(
        models,
        k ->
            estimate
                + ofResample[RESAMPLES[k]]
                + training * stream.normal()
                + mc * stream.normal());
    return models;
  }

  private static double[] noise(double mc) {
    double[] noise = new double[8];
    Arrays.fill(noise, mc);
    return noise;
  }

  @Test
  void intervalsHoldTheTruthAndSourcesAreToldApart() {
    // Deviations by data, training and ensemble, and the share of intervals that hold the truth:
    // 0.95 where the data are all there is, more where the training adds noise, which is counted
    // whole though the mean over models has an eighth of it.
    // Trajectories' noise is known: as large as that by the data, or five times larger, it leaves
    // the
    // intervals what they are without it or wide (0.97 and 1 if the spread of the models kept it).
    double[][] cases = {
      {1, 0, 0, 0.94, 0.96},
      {1, 1, 0.2, 0.97, 1},
      {0.3, 1, 0.1, 0.99, 1},
      {1, 0, 1, 0.93, 0.96},
      {0.2, 0, 1, 0.97, 1}
    };
    for (double[] sigma : cases) {
      RandomStream stream = new Streams(1).stream(Purpose.CHECK, 31);
      int inside = 0;
      double model = 0;
      double data = 0;
      for (int r = 0; r < REPEATS; r++) {
        double[] values = models(stream, sigma[0], sigma[1], sigma[2]);
        Uncertainty found = Uncertainty.of(values, noise(sigma[2]), EIGHT);
        double mean = Arrays.stream(values).average().orElseThrow();
        inside += Math.abs(mean) <= found.halfWidth() ? 1 : 0; // the truth is 0
        model += found.model() * found.model() / REPEATS;
        data += found.data() * found.data() / REPEATS;
        assertThat(found.ensemble()).isCloseTo(sigma[2] / Math.sqrt(8), within(1e-12));
      }
      assertThat((double) inside / REPEATS).isBetween(sigma[3], sigma[4]);
      // Variances from 2 and 5 degrees of freedom, cut at zero, in 4000 repetitions.
      double training = sigma[1] * sigma[1] + sigma[2] * sigma[2];
      assertThat(model).isCloseTo(training, within(0.05 * training + 1e-9));
      assertThat(data)
          .isBetween(0.95 * sigma[0] * sigma[0], 1.1 * sigma[0] * sigma[0] + 0.45 * training);
    }
  }

  @Test
  void whatCannotBeToldIsNotANumber() {
    Uncertainty one = Uncertainty.of(new double[] {3}, new double[] {0.2}, Resampling.none(1));
    assertThat(one.error()).isEqualTo(0.2);
    assertThat(one.halfWidth()).isNaN();
    double[] two = {3, 4};
    Uncertainty shared = Uncertainty.of(two, new double[] {0, 0}, Resampling.none(2));
    assertThat(shared.model()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    assertThat(shared.data()).isNaN();
    assertThat(shared.halfWidth()).isNaN();
    Resampling apart = new Resampling(new int[] {0, 1}, Resampling.Unit.RUNS, 8);
    Uncertainty single = Uncertainty.of(two, new double[] {Double.NaN, Double.NaN}, apart);
    assertThat(single.ensemble()).isNaN();
    assertThat(single.model()).isNaN(); // no two models share their pairs
    assertThat(single.error()).isCloseTo(Math.sqrt(0.75), within(1e-12));
    assertThat(single.halfWidth()).isCloseTo(12.7062 * single.error(), within(1e-3)); // t(0.975, 1)
  }
}
