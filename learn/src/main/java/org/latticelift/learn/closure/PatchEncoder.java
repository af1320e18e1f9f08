package org.latticelift.learn.closure;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.latticelift.learn.train.GradientTape;
import org.latticelift.learn.train.TrainingDevice;

/**
 * The trained encoder in evaluation mode (ME-11), for any number of threads. A batch is evaluated
 * row by row of patches, so that what else is encoded does not matter for a state that is given on
 * its own.
 */
final class PatchEncoder implements AutoCloseable {
  private final Network encoder;
  private final int inputs;
  private final int dim;
  private final NDManager root;
  private final BoundParameters arrays;

  PatchEncoder(ClosureModel model) {
    encoder = model.autoencoder().encoder();
    inputs = model.autoencoder().encoding().inputs();
    dim = model.autoencoder().dim();
    root = TrainingDevice.engine().newBaseManager(Device.cpu());
    GradientTape.off();
    arrays = arrays(root, model);
  }

  /** The weights of a model for evaluation, which live as long as their owner. */
  static BoundParameters arrays(NDManager owner, ClosureModel model) {
    return new BoundParameters(
        owner,
        model.autoencoder().parameters(),
        owner.create(model.parameters()),
        model.statistics().on(owner),
        false);
  }

  /** Encodes patches [n, inputs] to [n, dim] (ME-06). */
  float[] patches(float[] patches) {
    GradientTape.off();
    try (NDManager step = root.newSubManager()) {
      NDArray rows = step.create(patches, new Shape(patches.length / inputs, inputs));
      return encoder.apply(rows, arrays).toFloatArray();
    }
  }

  /** Encodes a state given by all its patches: the mean over them (ME-05). */
  double[] state(float[] patches) {
    float[] each = patches(patches);
    double[] mean = new double[dim];
    int count = each.length / dim;
    for (int i = 0; i < each.length; i++) {
      mean[i % dim] += each[i];
    }
    for (int c = 0; c < dim; c++) {
      mean[c] /= count;
    }
    return mean;
  }

  @Override
  public void close() {
    root.close();
  }
}
