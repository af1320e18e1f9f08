package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeConfig.Scalings;
import org.latticelift.learn.train.SdeConfig.VariableScaling;
import org.latticelift.learn.train.SdeConfig.VariableScaling.TimeUnit;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Streams;

/**
 * The default training finds the drift in noise a hundred times larger: 20 000 pairs per
 * temperature, relaxation in 40 to 1280 pair durations. A linear regression per temperature on the
 * same pairs misses the stationary mean at 1000 K by 0.06 and at the others by up to 0.013.
 */
@Tag("law")
class SyntheticAccuracyTest {
  private static final double[] ALLOWED = {0.12, 0.045, 0.04, 0.04};

  /** Engines round differently, so that their trainings part; what they find does not. */
  private static final double BETWEEN_ENGINES = 0.02;

  @Test
  void stationaryMeansOfTheDefaults() {
    PairSet pairs = OrnsteinUhlenbeck.pairs(20_000, 4);
    CompletableFuture<double[][]> other =
        CompletableFuture.supplyAsync(() -> stationary(pairs, Engines.DJL));
    double[][] java = stationary(pairs, Engines.JAVA);
    double[][] djl = other.join();
    for (int c = 0; c < 4; c++) {
      for (int i = 0; i < 3; i++) {
        double kelvin = OrnsteinUhlenbeck.TEMPERATURE[c];
        double truth = OrnsteinUhlenbeck.EQUILIBRIUM[c][i];
        assertThat(java[c][i])
            .as("java, %s K, variable %d", kelvin, i)
            .isCloseTo(truth, within(ALLOWED[c]));
        assertThat(djl[c][i])
            .as("djl, %s K, variable %d", kelvin, i)
            .isCloseTo(truth, within(ALLOWED[c]));
        assertThat(java[c][i])
            .as("java and djl, %s K, variable %d", kelvin, i)
            .isCloseTo(djl[c][i], within(BETWEEN_ENGINES));
      }
    }
  }

  private static double[][] stationary(PairSet pairs, GradientEngine engine) {
    Scalings.Choice choice =
        Scalings.choose(
            pairs,
            OrnsteinUhlenbeck.KAPPA,
            VariableScaling.DEVIATION,
            new TimeUnit(TimeUnit.Rule.NOISE, 1),
            new Quantities("temperature_K", "s"));
    SdeConfig sde = Binder.bind(ConfigNode.parse("{}", "sde"), SdeConfig.class);
    SdeArchitecture a = sde.architecture(3, choice);
    Samples scaled = TrainingDesign.scaled(pairs, Noise.RESIDUALS, choice.scaling(), a);
    Samples none = Samples.none(3);
    TrainConfig train = Binder.bind(ConfigNode.parse("{}", "train"), TrainConfig.class);
    TrainingProblem problem =
        TrainingProblem.plain(
            OrnsteinUhlenbeck.KAPPA,
            train
                .estimator()
                .epsilon()
                .resolve(() -> TrainingDesign.medianVariance(pairs, choice.scaling())),
            scaled,
            none);
    TrainSettings settings = train.settings(pairs.count());
    SdeTrainer.Result result =
        new SdeTrainer(a, problem, settings, new Streams(4), 0)
            .run(engine, Optional.empty(), TrainingObserver.NONE);
    double[][] means = new double[4][];
    Arrays.setAll(means, c -> stationary(a, result.parameters(), choice.scaling(), c));
    return means;
  }

  /** Where the learned drift leads from zero. */
  private static double[] stationary(
      SdeArchitecture a, SdeParameters p, SdeScaling scaling, int c) {
    SdeKernel kernel = SdeKernel.batched(a, p, OrnsteinUhlenbeck.TEMPERATURE[c], 1);
    float[][] y = new float[3][1];
    float[][] mu = new float[3][1];
    float[][] sigma = new float[9][1];
    for (int i = 0; i < 3; i++) {
      y[i][0] = (float) scaling.toScaled(i, 0);
    }
    for (int step = 0; step < 3000; step++) {
      kernel.evaluate(1, y, mu, sigma);
      for (int i = 0; i < 3; i++) {
        y[i][0] += 0.01f * mu[i][0];
      }
    }
    double[] z = new double[3];
    for (int i = 0; i < 3; i++) {
      z[i] = scaling.toPhysical(i, y[i][0]);
    }
    return z;
  }
}
