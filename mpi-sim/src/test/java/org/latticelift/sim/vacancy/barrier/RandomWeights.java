package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.latticelift.sim.vacancy.barrier.BarrierWeights.Output;
import org.latticelift.sim.vacancy.barrier.BarrierWeights.Stated;
import org.latticelift.sim.vacancy.barrier.NetworkParameters.Activation;
import org.latticelift.sim.vacancy.crystal.Crystal;

/** Random networks of any widths for tests and measurements. */
final class RandomWeights {
  private RandomWeights() {}

  static BarrierWeights oneHot(
      Crystal crystal, int species, Activation activation, long seed, int... widths) {
    Random random = new Random(seed);
    int inputs = crystal.environmentSize() * species;
    List<HiddenLayer> hidden = new ArrayList<>();
    for (int width : widths) {
      double scale = hidden.isEmpty() ? Math.sqrt(2.0 / 112) : Math.sqrt(2.0 / inputs);
      hidden.add(
          new HiddenLayer(
              inputs,
              width,
              normal(random, inputs * width, scale),
              normal(random, width, 0.1),
              Optional.empty()));
      inputs = width;
    }
    double[] frequency = new double[species];
    java.util.Arrays.fill(frequency, 1e13);
    return new BarrierWeights(
        InputEncoding.ONE_HOT,
        crystal.environmentSize(),
        species,
        List.of(),
        hidden,
        new Output(normal(random, inputs, 0.2), 1.5f),
        activation,
        new Stated(Optional.of(InputOrder.AUTHORS), Optional.empty()),
        frequency,
        "random weights");
  }

  static float[] normal(Random random, int count, double scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  static byte[] environments(Random random, Crystal crystal, int species, int count) {
    byte[] codes = new byte[count * crystal.environmentSize()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(species));
    }
    return codes;
  }
}
