package org.latticelift.learn.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.GraphLoss.DevicePairs;
import org.latticelift.learn.train.GraphLoss.Scalars;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.sim.random.RandomStream;

/** Random problems, and their gradients by automatic differentiation in double precision. */
final class EngineGradients {
  private EngineGradients() {}

  /** Mean loss and its gradient. */
  record Result(double loss, double[] gradient) {}

  /** Pairs of order one at four temperatures. */
  static SampleColumns pairs(int d, int n, RandomStream stream) {
    SampleColumns pairs = SampleColumns.zeros(d, n);
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < d; i++) {
        pairs.state()[k * d + i] = (float) stream.normal();
        pairs.increment()[k * d + i] = (float) (0.3 * stream.normal());
      }
      pairs.duration()[k] = (float) (0.02 + 0.1 * stream.uniform());
      pairs.condition()[k] = (float) SdeArchitecture.normalised(1000 + 500 * (k % 4));
    }
    return pairs;
  }

  /** The same with a column of noise. */
  static SampleColumns noisy(int d, int n, RandomStream stream) {
    SampleColumns pairs = pairs(d, n, stream);
    float[] noise = new float[n * d];
    for (int at = 0; at < noise.length; at++) {
      noise[at] = (float) (0.4 * stream.normal());
    }
    return pairs.withNoise(noise);
  }

  /** Initial parameters of a training, scattered so that no derivative vanishes. */
  static double[] parameters(SdeArchitecture a, RandomStream stream) {
    float[] initial = SdeParameters.initial(a, stream).flat();
    double[] flat = new double[initial.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) (initial[i] + 0.1 * stream.normal());
    }
    return flat;
  }

  static Result automatic(
      SdeArchitecture a, LossCovariance form, Noise noise, double[] flat, SampleColumns pairs) {
    try (NDManager root = TrainingDevice.engine().newBaseManager(Device.cpu())) {
      GradientTape.off();
      NDArray leaf = root.create(flat);
      leaf.setRequiresGradient(true);
      Samples samples = pairs.samples();
      NDList wide = new NDList();
      for (NDArray column : DevicePairs.of(root, samples, samples.all()).columns()) {
        wide.add(column.toType(DataType.FLOAT64, false));
      }
      NDArray mean;
      try (GradientTape tape = new GradientTape()) {
        NDArray sum = new GraphLoss(a, form, noise).sum(root, leaf, new DevicePairs(wide));
        mean = Scalars.times(sum, 1.0 / pairs.count());
        tape.backward(mean);
      }
      try (NDArray gradient = leaf.getGradient()) {
        return new Result(mean.getDouble(), gradient.toDoubleArray());
      }
    }
  }

  /** Largest difference, relative to the largest entry. */
  static double difference(double[] actual, double[] expected) {
    double scale = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      scale = Math.max(scale, Math.abs(expected[i]));
      largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
    }
    return largest / scale;
  }
}
