package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
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
 * dz = -B (z - z*) dt + S dW with known B, z* and S: both engines find it, and the same one. With
 * 8192 pairs of duration 0.05 the standard error of a rate is 0.05 and that of a drift 0.04.
 */
class LinearSdeTest {
  private static final int COUNT = 8192;
  private static final double DT = 0.05;
  private static final double[][] RATE = {{1.0, 0.4}, {-0.3, 1.5}};
  private static final double[] REST = {0.5, -0.2};
  private static final double[][] NOISE = {{0.9, 0}, {-0.4, 0.6}};
  private static final double[][] PLACES = {{0.5, -0.2}, {0, 0}, {1, 0.5}, {-0.7, -0.9}};

  private static final SdeArchitecture MODEL =
      new SdeArchitecture(
          2,
          0,
          new DriftSpec(DriftKind.ONSAGER, List.of(16, 16), 0.5, 0.1, true, true),
          new DiffusionSpec(DiffusionMode.CONSTANT, List.of(), true, 0.5, 1));

  private static double drift(double[] z, int i) {
    return -RATE[i][0] * (z[0] - REST[0]) - RATE[i][1] * (z[1] - REST[1]);
  }

  private static SampleColumns pairs() {
    RandomStream stream = new Streams(8).stream(Purpose.CHECK, 31);
    SampleColumns pairs = SampleColumns.zeros(2, COUNT);
    for (int k = 0; k < COUNT; k++) {
      double[] z = {stream.normal(), stream.normal()};
      double[] w = {stream.normal(), stream.normal()};
      for (int i = 0; i < 2; i++) {
        double noise = NOISE[i][0] * w[0] + NOISE[i][1] * w[1];
        pairs.state()[2 * k + i] = (float) z[i];
        pairs.increment()[2 * k + i] = (float) (drift(z, i) * DT + Math.sqrt(DT) * noise);
      }
      pairs.duration()[k] = (float) DT;
    }
    return pairs;
  }

  private static SdeParameters train(GradientEngine engine) {
    TrainSettings settings =
        new TrainSettings(
            20, 256, new Optimiser(LearningSchedule.COSINE, 5e-3, 1e-6, 5, 0, 0, 0.99), 100);
    Samples none = Samples.none(2);
    return new SdeTrainer(
            MODEL,
            TrainingProblem.plain(1, 1e-9, pairs().samples(), none),
            settings,
            new Streams(5),
            0)
        .run(engine, Optional.empty(), TrainingObserver.NONE)
        .parameters();
  }

  private static float[][][] evaluate(SdeParameters parameters) {
    int n = PLACES.length;
    float[][] z = new float[2][n];
    float[][][] out = {new float[2][n], new float[4][n]};
    for (int t = 0; t < n; t++) {
      z[0][t] = (float) PLACES[t][0];
      z[1][t] = (float) PLACES[t][1];
    }
    SdeKernel.plain(MODEL, parameters, 1000, n).evaluate(n, z, out[0], out[1]);
    return out;
  }

  @Tag("law")
  @Test
  void bothEnginesFindTheSameEquation() {
    float[][][] java = evaluate(train(Engines.JAVA));
    float[][][] djl = evaluate(train(Engines.DJL));
    for (int i = 0; i < 2; i++) {
      for (int t = 0; t < PLACES.length; t++) {
        assertThat((double) java[0][i][t]).isCloseTo(drift(PLACES[t], i), within(0.15));
        assertThat(java[0][i][t]).isCloseTo(djl[0][i][t], within(0.02f));
      }
      for (int j = 0; j < 2; j++) {
        assertThat((double) java[1][2 * i + j][0]).isCloseTo(NOISE[i][j], within(0.02));
        assertThat(java[1][2 * i + j][0]).isCloseTo(djl[1][2 * i + j][0], within(1e-3f));
      }
    }
  }
}
