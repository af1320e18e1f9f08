package org.latticelift.learn.train;

import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.Noise;

/**
 * What one model is fitted to.
 *
 * @param noise what the diffusion is fitted to; the pairs have a column for it if it needs one
 * @param covariance of the noise of a pair in the loss
 * @param training at least one pair
 * @param validation may be empty
 */
record TrainingProblem(
    Noise noise, LossCovariance covariance, ScaledPairs training, ScaledPairs validation) {

  /** That of the paper: drift and diffusion from the same increments, one kappa, one epsilon. */
  static TrainingProblem plain(
      double kappa, double epsilon, ScaledPairs training, ScaledPairs validation) {
    return new TrainingProblem(
        Noise.RESIDUALS,
        LossCovariance.uniform(kappa, epsilon, training.variables()),
        training,
        validation);
  }
}
