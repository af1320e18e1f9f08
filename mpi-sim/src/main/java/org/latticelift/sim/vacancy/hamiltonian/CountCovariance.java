package org.latticelift.sim.vacancy.hamiltonian;

import java.util.function.IntPredicate;

/**
 * The covariance C of numbers of pairs per site, times the number of sites: by how much the mean
 * numbers fall when parameters rise, -dn/dJ. Solved by Cholesky's method in units of the standard
 * deviations, with a ridge on their correlations; a number that never varies has no effect.
 */
final class CountCovariance {
  /** Added to the diagonal of the correlations. */
  private static final double RIDGE = 1e-3;

  private final double[] deviation;
  private final double[][] lower;

  /** Prepares to solve for all parameters ({@code covariance}: symmetric; not modified). */
  CountCovariance(double[][] covariance) {
    this(covariance, k -> true);
  }

  /**
   * Prepares to solve for some parameters while the others stay ({@code covariance}: symmetric; not
   * modified; {@code free}: which may change).
   */
  CountCovariance(double[][] covariance, IntPredicate free) {
    int n = covariance.length;
    deviation = new double[n];
    for (int k = 0; k < n; k++) {
      deviation[k] = free.test(k) ? Math.sqrt(covariance[k][k]) : 0;
    }
    lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = correlation(covariance, i, j);
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        lower[i][j] = i == j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / lower[j][j];
      }
    }
  }

  private double correlation(double[][] covariance, int i, int j) {
    if (i == j) {
      return 1 + RIDGE;
    }
    double both = deviation[i] * deviation[j];
    return both > 0 ? covariance[i][j] / both : 0;
  }

  /** Solves C x = r ({@code right}: r; not modified). */
  double[] solve(double[] right) {
    int n = right.length;
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      double sum = scaled(right[i], i);
      for (int k = 0; k < i; k++) {
        sum -= lower[i][k] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < n; k++) {
        sum -= lower[k][i] * x[k];
      }
      x[i] = sum / lower[i][i];
    }
    for (int i = 0; i < n; i++) {
      x[i] = scaled(x[i], i);
    }
    return x;
  }

  private double scaled(double value, int i) {
    return deviation[i] > 0 ? value / deviation[i] : 0;
  }

  /**
   * How far apart two sets of numbers are ({@code difference}: r; not modified); r C^-1 r, which is
   * 1 per number and site for a single state of the ensemble.
   */
  double distance(double[] difference) {
    double[] x = solve(difference);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * difference[i];
    }
    return sum;
  }
}
