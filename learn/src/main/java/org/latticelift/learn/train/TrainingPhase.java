package org.latticelift.learn.train;

import org.latticelift.learn.train.gradient.Fitted;
import org.latticelift.learn.train.gradient.LossCovariance;

/**
 * One pass of a training over its epochs: what is fitted, to which pairs, with which covariance.
 *
 * @param fitted parts of the SDE; the others stay as the phase before has left them
 * @param covariance of a pair in the loss
 * @param training at least one pair
 * @param validation may be empty
 */
record TrainingPhase(
    Fitted fitted, LossCovariance covariance, ScaledPairs training, ScaledPairs validation) {

  /** The training of the paper: all at once, one kappa and one epsilon. */
  static TrainingPhase all(
      double kappa, double epsilon, ScaledPairs training, ScaledPairs validation) {
    return new TrainingPhase(
        Fitted.ALL,
        LossCovariance.uniform(kappa, epsilon, training.variables()),
        training,
        validation);
  }

  /**
   * Passes over the pairs. A diffusion alone begins near its end and has no drift to wait for, so
   * half as many are enough.
   */
  int epochs(int asked) {
    return fitted.drift() ? asked : (asked + 1) / 2;
  }

  /** The same phase with other pairs. */
  TrainingPhase with(ScaledPairs otherTraining, ScaledPairs otherValidation) {
    return new TrainingPhase(fitted, covariance, otherTraining, otherValidation);
  }
}
