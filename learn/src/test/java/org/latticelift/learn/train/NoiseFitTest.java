package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** The noise of a final drift: increments are made of the drift and of noise of a known factor. */
class NoiseFitTest {
  private static final int N = 20_000;
  private static final double KAPPA = 8;
  private static final double[][] FACTOR = {{0.5, 0}, {-0.3, 0.2}};

  private static SdeArchitecture architecture(DiffusionMode mode, boolean lower) {
    return new SdeArchitecture(
        2, 0, DriftSpec.linear(), new DiffusionSpec(mode, List.of(), lower, 0.7, 0.4));
  }

  private static Samples samples(SdeArchitecture a, SdeParameters parameters) {
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 3);
    SdeKernel kernel = SdeKernel.plain(a, parameters, 1000, 1);
    float[] state = new float[2 * N];
    float[] increment = new float[2 * N];
    float[] duration = new float[N];
    float[] condition = new float[N];
    float[][] z = new float[2][1];
    float[][] mu = new float[2][1];
    for (int k = 0; k < N; k++) {
      duration[k] = (float) (0.1 * (1 + k % 4));
      condition[k] = (float) a.input(1000);
      double[] normal = {stream.normal(), stream.normal()};
      for (int i = 0; i < 2; i++) {
        z[i][0] = (float) stream.normal();
        state[2 * k + i] = z[i][0];
      }
      kernel.drift(1, z, mu);
      for (int i = 0; i < 2; i++) {
        double noise = FACTOR[i][0] * normal[0] + FACTOR[i][1] * normal[1];
        increment[2 * k + i] =
            (float) (mu[i][0] * duration[k] + Math.sqrt(KAPPA * duration[k]) * noise);
      }
    }
    return Samples.of(2, state, increment, new float[0], duration, condition);
  }

  /** Variances of N squares have a relative error of sqrt(2 / N), here 1 %; four of these. */
  @ParameterizedTest
  @CsvSource({"CONSTANT, true", "CONSTANT, false", "CONSTANT_DIAGONAL, true"})
  void theCovarianceOfTheResidualsIsFound(DiffusionMode mode, boolean lower) {
    SdeArchitecture a = architecture(mode, lower);
    SdeParameters parameters = SdeParameters.initial(a, new Streams(8).stream(Purpose.CHECK, 4));
    TrainingProblem problem =
        TrainingProblem.plain(KAPPA, 0, samples(a, parameters), Samples.none(2));
    NoiseFit fit = new NoiseFit(a, problem, problem.training());
    assertThat(fit.applies()).isTrue();
    SdeParameters made = fit.refitted(parameters);
    assertThat(made.get("drift/linear/W")).isEqualTo(parameters.get("drift/linear/W"));
    float[][] sigma = new float[4][1];
    SdeKernel.plain(a, made, 1000, 1).evaluate(1, new float[2][1], new float[2][1], sigma);
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 2; j++) {
        double found = 0;
        double expected = 0;
        for (int l = 0; l < 2; l++) {
          found += sigma[2 * i + l][0] * sigma[2 * j + l][0];
          expected += FACTOR[i][l] * FACTOR[j][l];
        }
        if (mode.full() || i == j) {
          assertThat(found).isCloseTo(expected, within(0.04 * Math.abs(expected)));
        } else {
          assertThat(found).isZero();
        }
      }
    }
  }

  @Test
  void noiseThatDependsOnTheStateIsNotReplaced() {
    SdeArchitecture a =
        new SdeArchitecture(2, 0, DriftSpec.linear(), DiffusionSpec.arbitrary(8, 8));
    TrainingProblem problem = TrainingProblem.plain(KAPPA, 0, Samples.none(2), Samples.none(2));
    assertThat(new NoiseFit(a, problem, problem.training()).applies()).isFalse();
  }
}
