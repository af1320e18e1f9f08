package org.latticelift.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * AdamW in its AMSGrad form (ME-68) on one flat parameter vector. The running maximum is taken over
 * the uncorrected second moment (ME-69): denominator = sqrt(max v) / sqrt(1 - b2^t) + eps.
 */
final class AdamW {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 1e-8;

  private final NDArray first;
  private final NDArray second;
  private final NDArray maximum;
  private final double weightDecay;
  private long steps;

  AdamW(NDManager owner, NDArray parameters, double weightDecay) {
    this.first = owner.zeros(parameters.getShape());
    this.second = owner.zeros(parameters.getShape());
    this.maximum = owner.zeros(parameters.getShape());
    this.weightDecay = weightDecay;
  }

  /** The moments and the number of steps taken. */
  record State(float[] first, float[] second, float[] maximum, long steps) {}

  State state() {
    return new State(first.toFloatArray(), second.toFloatArray(), maximum.toFloatArray(), steps);
  }

  void restore(State state) {
    first.set(state.first());
    second.set(state.second());
    maximum.set(state.maximum());
    steps = state.steps();
  }

  /** One step in place; neither argument may be recorded on a tape at this moment. */
  void step(NDArray parameters, NDArray gradient, double rate) {
    steps++;
    double correction1 = 1 - Math.pow(BETA1, steps);
    double correction2 = 1 - Math.pow(BETA2, steps);
    if (weightDecay != 0) {
      parameters.muli(1 - rate * weightDecay);
    }
    try (NDArray share = gradient.mul(1 - BETA1);
        NDArray square = gradient.square()) {
      first.muli(BETA1).addi(share);
      second.muli(BETA2).addi(square.muli(1 - BETA2));
    }
    try (NDArray larger = maximum.maximum(second)) {
      larger.copyTo(maximum);
    }
    try (NDArray root = maximum.sqrt();
        NDArray denominator = root.divi(Math.sqrt(correction2)).addi(EPS);
        NDArray ratio = first.div(denominator)) {
      parameters.subi(ratio.muli(rate / correction1));
    }
  }
}
