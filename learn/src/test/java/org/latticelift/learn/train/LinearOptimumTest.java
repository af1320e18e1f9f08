package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Linear drift and constant diffusion: gradient training ends at the closed form of LC-12, least
 * squares for the drift and the mean squared residual over kappa dt for the diffusion.
 */
class LinearOptimumTest {
  private static final int COUNT = 8192;
  private static final double DT = 0.01;
  private static final double KAPPA = 8;

  private static final SdeArchitecture MODEL =
      new SdeArchitecture(
          1,
          0,
          DriftSpec.linear(),
          new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 0.5, 1));

  private static SampleColumns pairs() {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 41);
    SampleColumns pairs = SampleColumns.zeros(1, COUNT);
    for (int k = 0; k < COUNT; k++) {
      double z = 2 * stream.uniform() - 1;
      pairs.state()[k] = (float) z;
      double drift = -z + 0.0625;
      pairs.increment()[k] = (float) (drift * DT + 0.25 * Math.sqrt(DT) * stream.normal());
      pairs.duration()[k] = (float) DT;
    }
    return pairs;
  }

  /** Slope, bias and diffusion. */
  private static double[] closedForm(SampleColumns pairs) {
    double z = 0;
    double y = 0;
    double zz = 0;
    double zy = 0;
    for (int k = 0; k < COUNT; k++) {
      double state = pairs.state()[k];
      double rate = pairs.increment()[k] / DT;
      z += state / COUNT;
      y += rate / COUNT;
      zz += state * state / COUNT;
      zy += state * rate / COUNT;
    }
    double slope = (zy - z * y) / (zz - z * z);
    double bias = y - slope * z;
    double square = 0;
    for (int k = 0; k < COUNT; k++) {
      double residual = pairs.increment()[k] - DT * (slope * pairs.state()[k] + bias);
      square += residual * residual / COUNT;
    }
    return new double[] {slope, bias, Math.sqrt(square / (KAPPA * DT))};
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "djl"})
  void trainingEndsAtTheClosedForm(String name) {
    SampleColumns pairs = pairs();
    TrainSettings settings =
        new TrainSettings(
            120, 1024, new Optimiser(LearningSchedule.COSINE, 0.05, 1e-6, 5, 0, 0, 0.99), 1000);
    Samples none = Samples.none(1);
    GradientEngine engine = name.equals("java") ? Engines.JAVA : Engines.DJL;
    SdeParameters trained =
        new SdeTrainer(
                MODEL,
                TrainingProblem.plain(KAPPA, 0, pairs.samples(), none),
                settings,
                new Streams(5),
                0)
            .run(engine, Optional.empty(), TrainingObserver.NONE)
            .parameters();
    double[] expected = closedForm(pairs);
    assertThat((double) trained.get("drift/linear/W")[0]).isEqualTo(expected[0], within(1e-3));
    assertThat((double) trained.get("drift/linear/b")[0]).isEqualTo(expected[1], within(1e-3));
    double value = trained.get("diffusion/value")[0];
    assertThat(Math.log1p(Math.exp(value))).isEqualTo(expected[2], within(1e-3));
  }
}
