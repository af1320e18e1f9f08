package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec.DiffusionMode;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec;
import org.latticelift.learn.sde.SdeArchitecture.DriftSpec.DriftKind;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.LearningSchedule.Optimiser;
import org.latticelift.learn.train.LearningSchedule.TrainSettings;
import org.latticelift.learn.train.SdeConfig.Scalings;
import org.latticelift.learn.train.SdeConfig.VariableScaling;
import org.latticelift.learn.train.SdeConfig.VariableScaling.TimeUnit;
import org.latticelift.learn.train.SdeTrainer.TrainingObserver;
import org.latticelift.learn.train.SdeTrainer.TrainingState;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

class SdeTrainerTest {
  private static final SdeArchitecture CONSTANT =
      new SdeArchitecture(
          1,
          0,
          new DriftSpec(DriftKind.PLAIN, List.of(4), 0, 0, false, false),
          new DiffusionSpec(DiffusionMode.CONSTANT_DIAGONAL, List.of(), false, 1, 1));
  private static final SdeArchitecture SMALL =
      new SdeArchitecture(
          3,
          2,
          new DriftSpec(DriftKind.ONSAGER, List.of(8, 8), 0.5, 0.1, true, true),
          new DiffusionSpec(DiffusionMode.ARBITRARY, List.of(8), true, 1, 1));

  private static TrainSettings settings(int epochs, double rate) {
    return new TrainSettings(
        epochs, 256, new Optimiser(LearningSchedule.COSINE, rate, 1e-6, 5, 0, 0, 0.9), 2);
  }

  /** Pairs at one state: increments m dt + s sqrt(dt) N (ME-34). */
  private static SampleColumns constant(int n, double m, double s, double dt) {
    RandomStream stream = new Streams(4).stream(Purpose.CHECK, 8);
    SampleColumns pairs = SampleColumns.zeros(1, n);
    Arrays.fill(pairs.duration(), (float) dt);
    for (int k = 0; k < n; k++) {
      pairs.increment()[k] = (float) (m * dt + s * Math.sqrt(dt) * stream.normal());
    }
    return pairs;
  }

  private static double[] moments(SampleColumns pairs) {
    double mean = 0;
    double square = 0;
    for (float x : pairs.increment()) {
      mean += x / pairs.count();
      square += (double) x * x / pairs.count();
    }
    return new double[] {mean, square - mean * mean};
  }

  private static float[] evaluate(SdeArchitecture a, SdeParameters p) {
    float[][] mu = new float[1][1];
    float[][] sigma = new float[1][1];
    SdeKernel.plain(a, p, 1000, 1).evaluate(1, new float[1][1], mu, sigma);
    return new float[] {mu[0][0], sigma[0][0]};
  }

  private static SdeTrainer trainer(
      Samples pairs, double kappa, TrainSettings s, SdeArchitecture a) {
    TrainingProblem problem =
        TrainingProblem.plain(kappa, 1e-9, pairs, Samples.none(a.dimension()));
    return new SdeTrainer(a, problem, s, new Streams(21), 0);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void closedFormMinimisersAndTheDirectionOfKappa(GradientEngine engine) {
    double dt = 0.5;
    SampleColumns pairs = constant(2048, 0.8, 0.6, dt);
    double[] moments = moments(pairs);
    for (double kappa : new double[] {1, 8}) {
      SdeTrainer.Result result =
          trainer(pairs.samples(), kappa, settings(60, 0.03), CONSTANT)
              .run(engine, Optional.empty(), TrainingObserver.NONE);
      float[] at = evaluate(CONSTANT, result.parameters());
      double last = result.history().get(59)[0];
      assertThat((double) at[0]).isCloseTo(moments[0] / dt, within(2e-3));
      assertThat((double) at[1] * at[1])
          .as("ME-34 and ME-27: sigma^2 = Cov / (kappa dt), kappa %s", kappa)
          .isCloseTo(moments[1] / (kappa * dt), within(2e-3 / kappa));
      assertThat(last).as("ME-35").isCloseTo(1 + Math.log(moments[1]), within(2e-3));
    }
  }

  private static Samples synthetic() {
    PairSet pairs = OrnsteinUhlenbeck.pairs(250, 3);
    SdeScaling scaling =
        Scalings.choose(
                pairs,
                8,
                VariableScaling.DEVIATION,
                new TimeUnit(TimeUnit.Rule.NOISE, 1),
                new Quantities("temperature_K", "s"))
            .scaling();
    return TrainingDesign.scaled(pairs, Noise.RESIDUALS, scaling, CONSTANT);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void equalSeedsGiveEqualBitsAlsoAfterResume(GradientEngine engine) throws IOException {
    Samples pairs = synthetic();
    TrainSettings s = settings(6, 3e-3);
    List<TrainingState> saved = new ArrayList<>();
    TrainingObserver keep =
        new TrainingObserver() {
          @Override
          public void checkpoint(TrainingState state) {
            saved.add(state);
          }
        };
    SdeTrainer.Result first = trainer(pairs, 8, s, SMALL).run(engine, Optional.empty(), keep);
    SdeTrainer.Result second =
        trainer(pairs, 8, s, SMALL).run(engine, Optional.empty(), TrainingObserver.NONE);
    assertThat(saved).hasSize(3);
    TrainingState reread = throughBytes(saved.get(1));
    SdeTrainer.Result resumed =
        trainer(pairs, 8, s, SMALL).run(engine, Optional.of(reread), TrainingObserver.NONE);
    for (SdeTrainer.Result other : List.of(second, resumed)) {
      assertThat(other.parameters().flat()).isEqualTo(first.parameters().flat());
      for (int e = 0; e < 6; e++) {
        assertThat(other.history().get(e)).isEqualTo(first.history().get(e));
      }
    }
  }

  /** Every run ends after a batch, wherever in an epoch that is. */
  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void goesOnBitForBitAfterEveryBatch(GradientEngine engine) throws IOException {
    Samples pairs = synthetic();
    TrainSettings s = settings(3, 3e-3);
    SdeTrainer.Result whole =
        trainer(pairs, 8, s, SMALL).run(engine, Optional.empty(), TrainingObserver.NONE);
    int batches = 3 * ((pairs.count() + s.batch() - 1) / s.batch());
    assertThat(batches).isGreaterThan(6);
    TrainingState[] saved = new TrainingState[1];
    SdeTrainer.Result result;
    int runs = 0;
    do {
      TrainingObserver observer =
          new TrainingObserver() {
            private int asked;

            @Override
            public boolean stop() {
              return asked++ == 1;
            }

            @Override
            public void checkpoint(TrainingState state) {
              saved[0] = state;
            }
          };
      Optional<TrainingState> from =
          saved[0] == null ? Optional.empty() : Optional.of(throughBytes(saved[0]));
      result = trainer(pairs, 8, s, SMALL).run(engine, from, observer);
      runs++;
    } while (!result.finished() && runs < 2 * batches);
    assertThat(runs).isEqualTo(batches);
    assertThat(result.parameters().flat()).isEqualTo(whole.parameters().flat());
    for (int e = 0; e < 3; e++) {
      assertThat(result.history().get(e)).isEqualTo(whole.history().get(e));
    }
  }

  private static TrainingState throughBytes(TrainingState state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    state.write(new DataOutputStream(bytes));
    return TrainingState.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void stopGivesACheckpointAndNoModel(GradientEngine engine) {
    List<TrainingState> saved = new ArrayList<>();
    TrainingObserver observer =
        new TrainingObserver() {
          private int finished;

          @Override
          public void epoch(int epoch, double loss, double validation) {
            finished = epoch;
          }

          @Override
          public boolean stop() {
            return finished == 3;
          }

          @Override
          public void checkpoint(TrainingState state) {
            saved.add(state);
          }
        };
    SdeTrainer.Result result =
        trainer(synthetic(), 8, settings(6, 3e-3), SMALL).run(engine, Optional.empty(), observer);
    assertThat(result.finished()).isFalse();
    assertThat(saved.get(saved.size() - 1).epoch()).isEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("org.latticelift.learn.train.Engines#both")
  void lossThatIsNotANumberIsAnError(GradientEngine engine) {
    SampleColumns pairs = constant(64, 0, 1, 1);
    pairs.increment()[5] = Float.NaN;
    assertFails(
        ExitCode.NUMERICAL,
        () ->
            trainer(pairs.samples(), 1, settings(2, 1e-3), CONSTANT)
                .run(engine, Optional.empty(), TrainingObserver.NONE));
  }

  @Test
  void gpuWithoutOneIsUnavailable() {
    if (TrainingDevice.engine().getGpuCount() == 0) {
      assertFails(ExitCode.UNAVAILABLE, TrainingDevice.GPU::resolve);
    }
  }

  /** Native memory: a leak of one step's arrays would add some 100 MB over these steps. */
  @Tag("law")
  @Test
  void residentMemoryStaysFlat() throws IOException {
    Samples pairs = synthetic();
    trainer(pairs, 8, settings(20, 1e-3), SMALL)
        .run(Engines.DJL, Optional.empty(), TrainingObserver.NONE);
    long before = resident();
    trainer(pairs, 8, settings(100, 1e-3), SMALL)
        .run(Engines.DJL, Optional.empty(), TrainingObserver.NONE);
    assertThat(resident() - before).isLessThan(60L << 20);
  }

  private static long resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS");
  }
}
