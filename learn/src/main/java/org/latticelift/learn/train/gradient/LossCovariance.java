package org.latticelift.learn.train.gradient;

import java.util.stream.IntStream;
import org.latticelift.learn.sde.CovarianceFactors;

/**
 * The covariance of a pair in the loss, A = D Sigma D dt + diag(epsilon) with D = diag(sqrt kappa)
 * (ME-29, EX-03).
 *
 * @param factors kappa of each variable
 * @param epsilon constants on the diagonal, d numbers in scaled variables, at least 0
 * @param drift variances per unit of time that residuals are weighed with where the noise of the
 *     pairs is that of twins, d numbers: what twins do not show of the residuals may lie where A is
 *     nearly singular; empty otherwise, where A itself weighs them
 */
public record LossCovariance(CovarianceFactors factors, double[] epsilon, double[] drift) {
  /** A weighs the residuals. */
  public LossCovariance(CovarianceFactors factors, double[] epsilon) {
    this(factors, epsilon, new double[0]);
  }

  /** The form of the paper: one kappa and one epsilon; the same for all variables. */
  public static LossCovariance uniform(double kappa, double epsilon, int variables) {
    return new LossCovariance(
        CovarianceFactors.uniform(kappa, variables),
        IntStream.range(0, variables).mapToDouble(i -> epsilon).toArray());
  }
}
