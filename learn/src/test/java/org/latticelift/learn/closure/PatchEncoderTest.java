package org.latticelift.learn.closure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.learn.train.GradientTape;
import org.latticelift.learn.train.TrainingDevice;
import org.latticelift.sim.system.Encoding;
import org.latticelift.sim.system.Encoding.Values;

/** The encoder on the engine against plain loops, and its invariance. */
class PatchEncoderTest {
  private static final ClosureConfig CONFIG =
      Trainings.config("dim: 2, epochs: 3, batch: 16, learning_rate: 1e-2");

  private static ClosureModel model(Encoding encoding, boolean invariant) {
    Autoencoder autoencoder = new Autoencoder(encoding, 2, 2, invariant, true, false);
    return Trainings.trained(Trainings.start(autoencoder, CONFIG, 30));
  }

  private static float[] state(Encoding encoding) {
    float[] state = new float[encoding.inputs() * encoding.patches()];
    Trainings.states(encoding, 2).patches(1, state, 0);
    return state;
  }

  @Test
  void denseEncodersAreThePlainFormula() {
    Encoding encoding = new Encoding(2, List.of(8), List.of(24), Values.REAL);
    ClosureModel model = model(encoding, false);
    float[] state = state(encoding);
    double[] mean = new double[2];
    for (int row = 0; row < 6; row++) { // patch, field
      double[] x = new double[8];
      for (int i = 0; i < 8; i++) {
        x[i] = state[row * 8 + i];
      }
      mean[row % 2] += PlainNetworks.dense(model, x, 8, 32, 32, 1)[0] / 3;
    }
    try (PatchEncoder encoder = new PatchEncoder(model)) {
      assertThat(encoder.state(state)).containsExactly(mean, within(1e-5));
    }
  }

  @Test
  void convolutionEncodersAreThePlainFormula() {
    Encoding encoding = new Encoding(1, List.of(8, 8), List.of(16, 16), Values.SIGN);
    ClosureModel model = model(encoding, false);
    assertThat(model.statistics().values().get("encoder/norm0/mean")[0]).isNotZero();
    float[] state = state(encoding);
    double[] mean = new double[2];
    for (int patch = 0; patch < 4; patch++) {
      double[] x = new double[64];
      for (int i = 0; i < 64; i++) {
        x[i] = state[patch * 64 + i];
      }
      double[] one = PlainNetworks.convolution(model, x, 8);
      mean[0] += one[0] / 4;
      mean[1] += one[1] / 4;
    }
    try (PatchEncoder encoder = new PatchEncoder(model)) {
      assertThat(encoder.state(state)).containsExactly(mean, within(1e-4));
    }
  }

  @Test
  void invariantEncodersDoNotSeeShifts() {
    Encoding encoding = new Encoding(1, List.of(8, 8), List.of(16, 16), Values.SIGN);
    ClosureModel model = model(encoding, true);
    float[] patch = java.util.Arrays.copyOf(state(encoding), 64);
    float[] shifted = new float[64];
    float[] other = patch.clone();
    other[5] = -other[5];
    for (int i = 0; i < 64; i++) {
      shifted[(i / 8 + 3) % 8 * 8 + (i % 8 + 5) % 8] = patch[i];
    }
    try (PatchEncoder encoder = new PatchEncoder(model)) {
      double[] before = encoder.state(patch);
      assertThat(encoder.state(shifted)).containsExactly(before, within(1e-5));
      assertThat(Math.abs(encoder.state(other)[0] - before[0])).isGreaterThan(1e-4);
    }
  }

  /**
   * What is computed from long-lived weights lives as long as they: it must not grow with calls.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void encodingHoldsNoMemory(boolean invariant) {
    Encoding encoding = new Encoding(1, List.of(8, 8), List.of(16, 16), Values.SIGN);
    ClosureModel model = model(encoding, invariant);
    Network encoder = model.autoencoder().encoder();
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      GradientTape.off();
      BoundParameters arrays = PatchEncoder.arrays(root, model);
      List<Integer> held = new ArrayList<>();
      for (int call = 0; call < 3; call++) {
        try (NDManager step = root.newSubManager()) {
          encoder.apply(step.create(state(encoding), new Shape(4, 64)), arrays).toFloatArray();
        }
        held.add(root.getManagedArrays().size());
      }
      assertThat(held.get(2)).isEqualTo(held.get(0)).isPositive();
    }
  }

  /** The engine's momentum is what is kept: 0.9 of the running value per step (IS-42). */
  @Test
  void runningStatisticsTakeATenthOfEveryBatch() {
    Encoding encoding = new Encoding(1, List.of(8, 8), List.of(16, 16), Values.SIGN);
    Autoencoder autoencoder = new Autoencoder(encoding, 2, 2, false, true, false);
    ClosureConfig one = Trainings.config("dim: 2, epochs: 1, batch: 30");
    float[] running =
        Trainings.trained(Trainings.start(autoencoder, one, 30))
            .statistics()
            .values()
            .get("encoder/norm0/variance");
    // initial weights of 0.02 make a variance of a few thousandths, so a step leaves 0.9
    assertThat(running[0]).isBetween(0.9f, 0.902f);
  }
}
