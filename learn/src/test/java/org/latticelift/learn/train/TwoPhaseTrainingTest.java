package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.DiffusionMode;
import org.latticelift.learn.sde.DiffusionSpec;
import org.latticelift.learn.sde.DriftKind;
import org.latticelift.learn.sde.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * A drift from targets with little noise, then a diffusion from the noisy increments and the drift
 * that is found: both at their closed forms (ME-34), with a kappa for each variable.
 */
class TwoPhaseTrainingTest {
  private static final int COUNT = 4096;
  private static final double DT = 0.05;
  private static final double[] KAPPA = {2, 9};
  private static final int EPOCHS = 60;

  /** Half as many in the second phase. */
  private static final int ALL_EPOCHS = 90;

  private static final double TARGET_NOISE = 0.05;
  private static final double PAIR_NOISE = 2;

  private static final SdeArchitecture MODEL =
      new SdeArchitecture(
          2,
          1,
          new DriftSpec(DriftKind.LINEAR, List.of(), 0, 0, false, false),
          new DiffusionSpec(DiffusionMode.CONSTANT_DIAGONAL, List.of(), true, 0.5, 1));

  private static final TrainSettings SETTINGS =
      new TrainSettings(EPOCHS, 512, Schedule.COSINE, 0.05, 1e-6, 5, 0.5, 0, 0.99, 0, 7);

  private static ScaledPairs pairs(double noise) {
    RandomStream stream = new Streams(3).stream(Purpose.CHECK, 51);
    ScaledPairs pairs =
        new ScaledPairs(
            2, new float[2 * COUNT], new float[2 * COUNT], new float[COUNT], new float[COUNT]);
    for (int k = 0; k < COUNT; k++) {
      pairs.duration()[k] = (float) DT;
      for (int i = 0; i < 2; i++) {
        double z = 2 * stream.uniform() - 1;
        pairs.state()[2 * k + i] = (float) z;
        double deviation = noise * (1 + i) * Math.sqrt(DT);
        pairs.increment()[2 * k + i] =
            (float) (DT * (0.5 - (1 + i) * z) + deviation * stream.normal());
      }
    }
    return pairs;
  }

  private static SdeTrainer trainer() {
    ScaledPairs none = new ScaledPairs(2, new float[0], new float[0], new float[0], new float[0]);
    double left = Math.pow(TARGET_NOISE / PAIR_NOISE, 2);
    CovarianceFactors less = new CovarianceFactors(new double[] {KAPPA[0] * left, KAPPA[1] * left});
    LossCovariance floor = new LossCovariance(less, new double[] {1e-6, 1e-6});
    LossCovariance exact = new LossCovariance(new CovarianceFactors(KAPPA), new double[2]);
    return new SdeTrainer(
        MODEL,
        List.of(
            new TrainingPhase(Fitted.ALL, floor, pairs(TARGET_NOISE), none),
            new TrainingPhase(Fitted.DIFFUSION, exact, pairs(PAIR_NOISE), none)),
        SETTINGS,
        new Streams(5),
        0);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void driftOfTheTargetsAndDiffusionOfTheIncrements(GradientEngine engine) {
    SdeTrainer.Result result = trainer().run(engine, null, TrainingObserver.NONE);
    float[] w = result.parameters().get("drift/linear/W");
    float[] b = result.parameters().get("drift/linear/b");
    // errors of the mean drift: 0.05 (1 + i) sqrt(3) / sqrt(DT N) = 0.006 and 0.012
    assertThat((double) w[0]).isEqualTo(-1, within(0.025));
    assertThat((double) w[3]).isEqualTo(-2, within(0.05));
    assertThat((double) b[0]).isEqualTo(0.5, within(0.015));
    ScaledPairs noisy = pairs(PAIR_NOISE);
    for (int i = 0; i < 2; i++) {
      double square = 0;
      for (int k = 0; k < COUNT; k++) {
        double drift = b[i];
        for (int j = 0; j < 2; j++) {
          drift += w[2 * i + j] * noisy.state()[2 * k + j];
        }
        double residual = noisy.increment()[2 * k + i] - DT * drift;
        square += residual * residual / COUNT;
      }
      double sigma = Math.log1p(Math.exp(result.parameters().get("diffusion/value")[i]));
      assertThat(sigma).isEqualTo(Math.sqrt(square / (KAPPA[i] * DT)), within(2e-3));
    }
    assertThat(result.history()).hasSize(ALL_EPOCHS);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void theSecondPhaseLeavesTheDriftAloneAndResumesBitForBit(GradientEngine engine) {
    List<TrainingState> saved = new ArrayList<>();
    TrainingObserver keep =
        new TrainingObserver() {
          @Override
          public void checkpoint(TrainingState state) {
            saved.add(state);
          }
        };
    SdeTrainer.Result whole = trainer().run(engine, null, keep);
    TrainingState afterFirst =
        saved.stream().filter(s -> s.phase() == 0 && s.epoch() == EPOCHS).findAny().orElseThrow();
    int first = Weights.first(MODEL, Fitted.DIFFUSION);
    assertThat(Arrays.copyOf(whole.parameters().flat(), first))
        .isEqualTo(Arrays.copyOf(afterFirst.average(), first));
    for (int phase = 0; phase < 2; phase++) {
      int wanted = phase;
      TrainingState middle =
          saved.stream()
              .filter(s -> s.phase() == wanted && s.epoch() == 21)
              .findAny()
              .orElseThrow();
      SdeTrainer.Result resumed = trainer().run(engine, middle, TrainingObserver.NONE);
      assertThat(resumed.parameters().flat()).isEqualTo(whole.parameters().flat());
      assertThat(resumed.history()).hasSize(ALL_EPOCHS);
      assertThat(resumed.history().get(ALL_EPOCHS - 1))
          .isEqualTo(whole.history().get(ALL_EPOCHS - 1));
    }
  }
}
