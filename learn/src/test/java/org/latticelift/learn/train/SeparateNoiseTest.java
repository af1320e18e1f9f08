package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.SdeTrainer.TrainingState;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * A linear drift and a constant diffusion end at their closed forms (ME-34), with a kappa for each
 * variable: the drift at least squares of its targets, which hardly fluctuate, the diffusion at the
 * variance of the noise that was taken off them, or of twins.
 */
class SeparateNoiseTest {
  private static final int COUNT = 4096;
  private static final double DT = 0.05;
  private static final double[] KAPPA = {2, 9};
  private static final int EPOCHS = 60;
  private static final double TARGET_NOISE = 0.05;
  private static final double PAIR_NOISE = 2;

  /** Of variances: of the last steps at a low rate, relative to values of order one. */
  private static final double CONVERGED = 2e-3;

  private static final SdeArchitecture MODEL =
      new SdeArchitecture(
          2,
          1,
          new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false),
          new DiffusionSpec(DiffusionMode.CONSTANT_DIAGONAL, List.of(), true, 0.5, 1));

  private static final TrainSettings SETTINGS =
      new TrainSettings(
          EPOCHS, 512, new Optimiser(LearningSchedule.COSINE, 0.05, 1e-6, 5, 0, 0, 0.99), 7);

  /** Targets of little noise, and noise of its own beside them. */
  private static SampleColumns pairs(double targetNoise) {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 51);
    SampleColumns pairs = SampleColumns.zeros(2, COUNT).withNoise(new float[2 * COUNT]);
    for (int k = 0; k < COUNT; k++) {
      pairs.duration()[k] = (float) DT;
      for (int i = 0; i < 2; i++) {
        int at = 2 * k + i;
        double z = 2 * stream.uniform() - 1;
        pairs.state()[at] = (float) z;
        double root = (1 + i) * Math.sqrt(DT);
        pairs.increment()[at] =
            (float) (DT * (0.5 - (1 + i) * z) + targetNoise * root * stream.normal());
        pairs.noise()[at] = (float) (PAIR_NOISE * root * stream.normal());
      }
    }
    return pairs;
  }

  private static SdeTrainer trainer(Noise noise, double targetNoise) {
    LossCovariance form =
        new LossCovariance(
            new CovarianceFactors(KAPPA),
            new double[2],
            noise == Noise.TWINS ? new double[] {0.5, 2} : new double[0]);
    return new SdeTrainer(
        MODEL,
        new TrainingProblem(noise, form, pairs(targetNoise).samples(), Samples.none(2)),
        SETTINGS,
        new Streams(5),
        0);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void driftOfTheTargetsAndDiffusionOfTheIncrements(GradientEngine engine) {
    check(engine, Noise.RESTORED, TARGET_NOISE);
  }

  @Tag("law")
  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void driftOfTheTargetsAndDiffusionOfTwins(GradientEngine engine) {
    check(engine, Noise.TWINS, TARGET_NOISE);
  }

  /** What the generator explains whole, as in one step of a chain, leaves the diffusion alone. */
  @Tag("law")
  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void targetsWithoutNoiseAreNoSpecialCase(GradientEngine engine) {
    check(engine, Noise.RESTORED, 0);
  }

  private static void check(GradientEngine engine, Noise noise, double targetNoise) {
    SdeTrainer.Result result =
        trainer(noise, targetNoise).run(engine, Optional.empty(), TrainingObserver.NONE);
    float[] w = result.parameters().get("drift/linear/W");
    float[] b = result.parameters().get("drift/linear/b");
    SampleColumns pairs = pairs(targetNoise);
    // noise of the targets times 3.3 standard errors, 0.05 (1 + i) sqrt(3) / sqrt(DT N)
    double allowed = 3.3 * targetNoise * Math.sqrt(3 / (DT * COUNT)) + CONVERGED;
    assertThat((double) w[0]).isEqualTo(-1, within(allowed));
    assertThat((double) w[3]).isEqualTo(-2, within(2 * allowed));
    assertThat((double) b[0]).isEqualTo(0.5, within(allowed));
    assertThat((double) b[1]).isEqualTo(0.5, within(2 * allowed));
    for (int i = 0; i < 2; i++) {
      double square = 0;
      for (int k = 0; k < COUNT; k++) {
        int at = 2 * k + i;
        double drift =
            b[i] + w[2 * i] * pairs.state()[2 * k] + w[2 * i + 1] * pairs.state()[2 * k + 1];
        double residual = pairs.increment()[at] - DT * drift;
        double fluctuation = pairs.noise()[at] + (noise == Noise.RESTORED ? residual : 0);
        square += fluctuation * fluctuation / COUNT;
      }
      double sigma = Math.log1p(Math.exp(result.parameters().get("diffusion/value")[i]));
      assertThat(sigma).isEqualTo(Math.sqrt(square / (KAPPA[i] * DT)), within(CONVERGED));
    }
    assertThat(result.history()).hasSize(EPOCHS);
  }

  @Tag("law")
  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void resumesBitForBit(GradientEngine engine) {
    for (Noise noise : new Noise[] {Noise.RESTORED, Noise.TWINS}) {
      List<TrainingState> saved = new ArrayList<>();
      TrainingObserver keep =
          new TrainingObserver() {
            @Override
            public void checkpoint(TrainingState state) {
              saved.add(state);
            }
          };
      SdeTrainer.Result whole = trainer(noise, TARGET_NOISE).run(engine, Optional.empty(), keep);
      TrainingState middle = saved.stream().filter(s -> s.epoch() == 21).findAny().orElseThrow();
      SdeTrainer.Result resumed =
          trainer(noise, TARGET_NOISE).run(engine, Optional.of(middle), TrainingObserver.NONE);
      assertThat(resumed.parameters().flat()).isEqualTo(whole.parameters().flat());
      assertThat(resumed.history()).hasSize(EPOCHS);
      assertThat(resumed.history().get(EPOCHS - 1)).isEqualTo(whole.history().get(EPOCHS - 1));
    }
  }
}
