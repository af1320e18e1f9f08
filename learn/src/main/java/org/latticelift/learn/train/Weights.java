package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.learn.optim.Adam;
import org.latticelift.learn.optim.OperationOrder;
import org.latticelift.learn.sde.ParameterLayout;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.train.gradient.Fitted;

/**
 * The flat parameters, the optimiser of those that are fitted (ME-68), and their moving average.
 * What is fitted lies at the end of the flat vector: the diffusion comes last.
 */
final class Weights {
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;

  private final float[] current;
  private final float[] average;
  private final int first;
  private final float[] moved;
  private final Adam optimiser;
  private final double decay;
  private long steps;

  Weights(float[] initial, int first, TrainSettings settings) {
    this.current = initial.clone();
    this.first = first;
    this.moved = Arrays.copyOfRange(initial, first, initial.length);
    this.optimiser =
        new Adam(
            moved.length,
            new Adam.Settings(
                BETA1, BETA2, settings.weightDecay(), true, true, OperationOrder.QUOTIENT_FIRST));
    this.decay = settings.average();
    this.average = decay > 0 ? initial.clone() : new float[0];
  }

  /** Index of the first parameter that is fitted. */
  static int first(SdeArchitecture architecture, Fitted fitted) {
    return switch (fitted) {
      case ALL -> 0;
      case DIFFUSION, DIFFERENCES ->
          ParameterLayout.count(architecture, "")
              - ParameterLayout.count(architecture, "diffusion");
    };
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
   * @param gradient by all parameters; those by parameters that are not fitted do not count
   */
  void step(float[] gradient, double rate) {
    optimiser.step(moved, Arrays.copyOfRange(gradient, first, gradient.length), rate);
    System.arraycopy(moved, 0, current, first, moved.length);
    steps++;
    if (decay > 0) {
      double d = Math.min(decay, (1.0 + steps) / (10.0 + steps));
      blend((float) d, (float) (1 - d));
    }
  }

  private void blend(float keep, float add) {
    for (int i = first; i < average.length; i++) {
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
