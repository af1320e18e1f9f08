package org.latticelift.learn.closure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.closure.AutoencoderTraining.ClosureObserver;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Encoding.Values;

class AutoencoderTrainingTest {
  private static final Encoding LINE = new Encoding(2, List.of(8), List.of(24), Values.REAL);
  private static final Encoding SQUARE =
      new Encoding(1, List.of(8, 8), List.of(16, 16), Values.SIGN);
  private static final ClosureConfig CONFIG =
      Trainings.config("dim: 2, epochs: 4, batch: 16, learning_rate: 3e-3");

  static List<Autoencoder> all() {
    return List.of(
        new Autoencoder(LINE, 2, 2, false, true, false),
        new Autoencoder(LINE, 2, 2, false, false, false),
        new Autoencoder(LINE, 2, 2, true, true, false),
        new Autoencoder(SQUARE, 2, 2, false, true, false),
        new Autoencoder(SQUARE, 2, 2, true, true, false),
        new Autoencoder(LINE, 2, 2, false, true, true),
        new Autoencoder(SQUARE, 2, 2, false, true, true));
  }

  @Tag("law")
  @ParameterizedTest
  @MethodSource("all")
  void equalSeedsGiveEqualBitsAlsoFromACheckpoint(Autoencoder autoencoder) throws IOException {
    ClosureModel whole = Trainings.trained(Trainings.start(autoencoder, CONFIG, 40));
    Optional<byte[]> saved = after(2, Trainings.start(autoencoder, CONFIG, 40));
    AutoencoderTraining second = Trainings.start(autoencoder, CONFIG, 40);
    second.read(new DataInputStream(new ByteArrayInputStream(saved.orElseThrow())));
    ClosureModel continued = Trainings.trained(second);
    assertThat(continued.parameters()).isEqualTo(whole.parameters());
    assertThat(continued.loss()).isEqualTo(whole.loss()).hasSize(4);
    assertThat(whole.loss()[3]).isLessThan(whole.loss()[0]);
    whole
        .statistics()
        .values()
        .forEach((name, v) -> assertThat(continued.statistics().values().get(name)).isEqualTo(v));
  }

  /** Stops a training when a number of epochs or batches is over; nothing if it ended before. */
  private static final class Interruption implements ClosureObserver {
    private final int epochs;
    private final int batches;
    private int ended;
    private int asked;
    private byte[] saved = {};

    Interruption(int epochs, int batches) {
      this.epochs = epochs;
      this.batches = batches;
    }

    @Override
    public void epoch(double loss) {
      ended++;
    }

    @Override
    public boolean stop() {
      return ended >= epochs || asked++ >= batches;
    }

    @Override
    public void checkpoint(AutoencoderTraining training) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try {
        training.write(new DataOutputStream(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      saved = bytes.toByteArray();
    }
  }

  private static Optional<byte[]> after(int epochs, AutoencoderTraining training) {
    Interruption interruption = new Interruption(epochs, Integer.MAX_VALUE);
    return training.run(interruption).isPresent()
        ? Optional.empty()
        : Optional.of(interruption.saved);
  }

  /** Every training ends after one batch, wherever in an epoch that is. */
  @Tag("law")
  @ParameterizedTest
  @MethodSource("all")
  void goesOnBitForBitAfterEveryBatch(Autoencoder autoencoder) throws IOException {
    ClosureConfig config = Trainings.config("dim: 2, epochs: 2, batch: 8");
    ClosureModel whole = Trainings.trained(Trainings.start(autoencoder, config, 20));
    byte[] saved = {};
    for (int stops = 0; ; stops++) {
      AutoencoderTraining training = Trainings.start(autoencoder, config, 20);
      if (stops > 0) {
        training.read(new DataInputStream(new ByteArrayInputStream(saved)));
      }
      Interruption interruption = new Interruption(Integer.MAX_VALUE, 1);
      Optional<ClosureModel> model = training.run(interruption);
      if (model.isPresent()) {
        assertThat(model.get().parameters()).isEqualTo(whole.parameters());
        assertThat(model.get().loss()).isEqualTo(whole.loss());
        assertThat(stops).isEqualTo(5);
        return;
      }
      saved = interruption.saved;
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void storedModelsEncodeAlike(Autoencoder autoencoder, @TempDir Path folder) {
    ClosureModel model = Trainings.trained(Trainings.start(autoencoder, CONFIG, 20));
    Path file = folder.resolve("closure.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      ClosureFile.write(writer, model);
    }
    float[] state = new float[autoencoder.encoding().inputs() * autoencoder.encoding().patches()];
    Trainings.states(autoencoder.encoding(), 1).patches(0, state, 0);
    try (PatchEncoder made = new PatchEncoder(model);
        PatchEncoder read = new PatchEncoder(ClosureFile.read(file))) {
      assertThat(read.state(state)).isEqualTo(made.state(state)).hasSize(2);
    }
    assertThat(ClosureFile.read(file).names()).containsExactly("closure_1", "closure_2");
  }

  /** Chosen once, at random, and seen in every epoch. */
  @Test
  void someOfTheStatesAreEnough() {
    Autoencoder autoencoder = new Autoencoder(LINE, 2, 2, false, true, false);
    java.util.Set<Integer> seen = new java.util.TreeSet<>();
    LargeStates all = Trainings.states(LINE, 40);
    LargeStates counting =
        new LargeStates() {
          @Override
          public int count() {
            return all.count();
          }

          @Override
          public void patches(int state, float[] patches, int at) {
            seen.add(state);
            all.patches(state, patches, at);
          }

          @Override
          public double[] observables(int state) {
            return all.observables(state);
          }
        };
    ClosureConfig some = Trainings.config("dim: 2, states: 10, epochs: 3, batch: 4");
    Trainings.trained(new AutoencoderTraining(autoencoder, some, counting, new Streams(1)));
    assertThat(seen).hasSize(10).doesNotContainSequence(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(some.trainingStates(5)).isEqualTo(5);
  }

  /** What closures carry beyond the observables: a wave of random amplitude without mean. */
  @Tag("law")
  @Test
  void closuresLetTheDecoderSeeWhatObservablesDoNot() {
    ClosureConfig config = Trainings.config("dim: 2, epochs: 150, batch: 32, learning_rate: 3e-3");
    Autoencoder autoencoder = new Autoencoder(LINE, 2, 2, false, true, false);
    double[] loss = Trainings.trained(Trainings.start(autoencoder, config, 200)).loss();
    assertThat(loss[0]).isGreaterThan(0.3); // about half the mean square amplitude
    assertThat(loss[149]).isLessThan(0.06); // the noise has 0.01
  }
}
