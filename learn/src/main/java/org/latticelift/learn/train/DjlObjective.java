package org.latticelift.learn.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * The objective on PyTorch. The set lies on the device once per epoch, in the order of that epoch,
 * and batches are views of it. The leaf of a step dies with the step, so gradients need no reset.
 */
final class DjlObjective implements SdeObjective {
  private static final int EVALUATION_BATCH = 4096;

  private final NDManager root;
  private final GraphLoss loss;
  private final ScaledPairs training;
  private final DevicePairs validation;
  private final int validationCount;
  private NDManager epoch;
  private DevicePairs ordered;

  DjlObjective(Device device, GraphLoss loss, ScaledPairs training, ScaledPairs validation) {
    this.root = TrainingDevice.engine().newBaseManager(device);
    GradientTape.off();
    this.loss = loss;
    this.training = training;
    this.validationCount = validation.count();
    this.validation = validationCount == 0 ? null : DevicePairs.of(root, validation);
  }

  @Override
  public void order(int[] order) {
    if (epoch != null) {
      epoch.close();
    }
    epoch = root.newSubManager();
    ordered = DevicePairs.of(epoch, training.select(order));
  }

  @Override
  public double gradient(float[] parameters, int from, int to, float[] gradient) {
    try (NDManager step = root.newSubManager()) {
      NDArray leaf = step.create(parameters);
      leaf.setRequiresGradient(true);
      NDArray mean;
      try (GradientTape tape = new GradientTape()) {
        NDArray sum = loss.sum(step, leaf, ordered.slice(step, from, to));
        mean = Scalars.times(sum, 1.0 / (to - from));
        tape.backward(mean);
      }
      try (NDArray derivatives = leaf.getGradient()) {
        System.arraycopy(derivatives.toFloatArray(), 0, gradient, 0, gradient.length);
      }
      return mean.getFloat();
    }
  }

  @Override
  public double validation(float[] parameters) {
    double sum = 0;
    for (int from = 0; from < validationCount; from += EVALUATION_BATCH) {
      int to = Math.min(validationCount, from + EVALUATION_BATCH);
      try (NDManager step = root.newSubManager()) {
        NDArray flat = step.create(parameters);
        sum += loss.sum(step, flat, validation.slice(step, from, to)).getFloat();
      }
    }
    return sum / validationCount;
  }

  @Override
  public void close() {
    root.close();
  }
}
