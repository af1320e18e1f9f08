package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The factors kappa between the covariance of the model and that of the pairs, one for each trained
 * variable (ME-26, EX-03): the covariance of a pair is D Sigma D dt with D = diag(sqrt kappa).
 * {@code kappa}: d positive numbers.
 */
public record CovarianceFactors(double[] kappa) {
  public CovarianceFactors {
    kappa = kappa.clone();
    if (kappa.length == 0 || Arrays.stream(kappa).anyMatch(k -> !(k > 0 && k < 1 / 0.0))) {
      throw new IllegalArgumentException("kappa " + Arrays.toString(kappa) + ", must be > 0");
    }
  }

  /** One number for all variables ({@code kappa}: positive). */
  public static CovarianceFactors uniform(double kappa, int variables) {
    return new CovarianceFactors(IntStream.range(0, variables).mapToDouble(i -> kappa).toArray());
  }

  /** Whether all variables have the same factor. */
  public boolean uniform() {
    return Arrays.stream(kappa).allMatch(k -> k == kappa[0]);
  }

  /**
   * The factor that can be taken out of the matrix: D Sigma D = common R Sigma R, R = diag(roots).
   * Returns the number where there is one, else 1.
   */
  public double common() {
    return uniform() ? kappa[0] : 1;
  }

  /**
   * The factor that stays with a variable, see {@link #common} ({@code variable}: 0 to d - 1); 1
   * where all variables have the same factor, else the root of this variable's.
   */
  public double root(int variable) {
    return uniform() ? 1 : Math.sqrt(kappa[variable]);
  }

  /** The geometric mean, as one number for all variables; the number itself where there is one. */
  public double mean() {
    return uniform()
        ? kappa[0]
        : Math.exp(Arrays.stream(kappa).map(Math::log).average().orElseThrow());
  }

  /** All factors times one number ({@code number}: positive). */
  public CovarianceFactors times(double number) {
    return new CovarianceFactors(Arrays.stream(kappa).map(k -> k * number).toArray());
  }

  @Override
  public double[] kappa() {
    return kappa.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CovarianceFactors f && Arrays.equals(kappa, f.kappa);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(kappa);
  }

  @Override
  public String toString() {
    return Arrays.toString(kappa);
  }
}
