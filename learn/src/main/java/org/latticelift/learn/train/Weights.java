package org.latticelift.learn.train;

import org.latticelift.learn.optim.Adam;
import org.latticelift.learn.optim.OperationOrder;

/** The flat parameters, their optimiser (ME-68) and their moving average. */
final class Weights {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  private final float[] current;
  private final float[] average;
  private final Adam optimiser;
  private final double decay;
  private final double gradientLimit;
  private long steps;

  Weights(float[] initial, TrainSettings settings) {
    this.current = initial.clone();
    this.optimiser =
        new Adam(
            initial.length,
            new Adam.Settings(
                BETA1, BETA2, settings.weightDecay(), true, true, OperationOrder.QUOTIENT_FIRST));
    this.decay = settings.average();
    this.gradientLimit = settings.gradientLimit();
    this.average = decay > 0 ? initial.clone() : new float[0];
  }

  /** The weights that the gradient is taken at; the array itself, not a copy. */
  float[] current() {
    return current;
  }

  /** The moving average, empty if off; the array itself, not a copy. */
  float[] average() {
    return average;
  }

  /** The weights that are judged and delivered: the average where there is one. */
  float[] evaluated() {
    return decay > 0 ? average : current;
  }

  /**
   * One optimiser step.
   *
   * @param gradient scaled down where it is beyond the limit
   */
  void step(float[] gradient, double rate) {
    if (gradientLimit > 0) {
      optimiser.limit(gradient, gradientLimit);
    }
    optimiser.step(current, gradient, rate);
    steps++;
    if (decay > 0) {
      double d = Math.min(decay, (1.0 + steps) / (10.0 + steps));
      blend((float) d, (float) (1 - d));
    }
  }

  private void blend(float keep, float add) {
    for (int i = 0; i < average.length; i++) {
      average[i] = average[i] * keep + current[i] * add;
    }
  }

  Adam.State optimiser() {
    return optimiser.state();
  }

  void restore(TrainingState state) {
    optimiser.restore(state.optimiser());
    steps = state.optimiser().steps();
    System.arraycopy(state.average(), 0, average, 0, average.length);
  }
}
