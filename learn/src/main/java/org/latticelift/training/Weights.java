package org.latticelift.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** The flat parameters on the engine, their optimiser and their moving average. */
final class Weights {
  private final NDArray leaf;
  private final NDArray average;
  private final AdamW optimiser;
  private final double decay;
  private long steps;

  Weights(NDManager root, float[] initial, TrainSettings settings) {
    this.leaf = root.create(initial);
    this.leaf.setRequiresGradient(true);
    this.optimiser = new AdamW(root, leaf, settings.weightDecay());
    this.decay = settings.average();
    this.average = decay > 0 ? root.create(initial) : null;
  }

  NDArray leaf() {
    return leaf;
  }

  /** The weights that are judged and delivered: the average where there is one. */
  NDArray evaluated() {
    return average == null ? leaf : average;
  }

  /** One optimiser step with the accumulated gradient, which is then set to zero. */
  void step(double rate) {
    try (NDArray gradient = leaf.getGradient()) {
      optimiser.step(leaf, gradient, rate);
      gradient.muli(0);
    }
    steps++;
    if (average != null) {
      double d = Math.min(decay, (1.0 + steps) / (10.0 + steps));
      try (NDArray share = leaf.mul(1 - d)) {
        average.muli(d).addi(share);
      }
    }
  }

  float[] current() {
    return leaf.toFloatArray();
  }

  float[] average() {
    return average == null ? new float[0] : average.toFloatArray();
  }

  float[] result() {
    return evaluated().toFloatArray();
  }

  AdamW.State optimiser() {
    return optimiser.state();
  }

  void restore(TrainingState state) {
    optimiser.restore(state.optimiser());
    steps = state.optimiser().steps();
    if (average != null) {
      average.set(state.average());
    }
  }
}
