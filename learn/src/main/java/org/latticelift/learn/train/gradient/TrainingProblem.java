package org.latticelift.learn.train.gradient;

/**
 * What one model is fitted to, in its scaled variables and time.
 *
 * @param noise what the diffusion is fitted to; the samples have a column for it if it needs one
 * @param covariance of the noise of a sample in the loss
 * @param training at least one sample
 * @param validation may have none
 * @param residual whether the increments are those that a polynomial leaves, so that the drift
 *     starts near zero
 */
public record TrainingProblem(
    Noise noise,
    LossCovariance covariance,
    Samples training,
    Samples validation,
    boolean residual) {
  /** Whose increments the network explains alone. */
  public TrainingProblem(
      Noise noise, LossCovariance covariance, Samples training, Samples validation) {
    this(noise, covariance, training, validation, false);
  }

  /** That of the paper: drift and diffusion from the same increments, one kappa, one epsilon. */
  public static TrainingProblem plain(
      double kappa, double epsilon, Samples training, Samples validation) {
    return new TrainingProblem(
        Noise.RESIDUALS,
        LossCovariance.uniform(kappa, epsilon, training.variables()),
        training,
        validation);
  }
}
