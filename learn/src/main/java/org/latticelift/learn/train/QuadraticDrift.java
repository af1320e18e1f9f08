package org.latticelift.learn.train;

import java.util.Arrays;

/**
 * The drift at one condition as a quadratic polynomial of the variables, fitted to pairs: weighted
 * least squares of dz/sqrt(dt).
 *
 * @param coefficients variables by terms
 */
record QuadraticDrift(double[][] coefficients) {
  /**
   * Fits.
   *
   * @param rows of the pairs
   */
  static QuadraticDrift of(PairSet pairs, int[] rows) {
    int d = pairs.variables();
    CrossMoments moments = new CrossMoments(d, terms(d));
    double[] increment = new double[d];
    for (int k : rows) {
      for (int i = 0; i < d; i++) {
        increment[i] = pairs.increment(k, i) / pairs.dt()[k];
      }
      moments.add(pairs.dt()[k], increment, monomials(pairs, k));
    }
    return new QuadraticDrift(moments.coefficients());
  }

  /** The increment of every variable that is expected of a pair. */
  double[] increment(PairSet pairs, int k) {
    double[] x = monomials(pairs, k);
    double[] expected = new double[coefficients.length];
    for (int i = 0; i < expected.length; i++) {
      double drift = 0;
      for (int t = 0; t < x.length; t++) {
        drift += coefficients[i][t] * x[t];
      }
      expected[i] = drift * pairs.dt()[k];
    }
    return expected;
  }

  /**
   * What increments differ by from those expected: squares per unit of time.
   *
   * @return variables by rows
   */
  double[][] squares(PairSet pairs, int[] rows) {
    double[][] squares = new double[coefficients.length][rows.length];
    for (int at = 0; at < rows.length; at++) {
      int k = rows[at];
      double[] expected = increment(pairs, k);
      for (int i = 0; i < expected.length; i++) {
        double residual = pairs.increment(k, i) - expected[i];
        squares[i][at] = residual * residual / pairs.dt()[k];
      }
    }
    return squares;
  }

  /** The mean of these; NaN of no rows. */
  double[] noise(PairSet pairs, int[] rows) {
    return Arrays.stream(squares(pairs, rows))
        .mapToDouble(each -> Arrays.stream(each).average().orElse(Double.NaN))
        .toArray();
  }

  private static int terms(int d) {
    return 1 + d + d * (d + 1) / 2;
  }

  /** 1, z_i, z_i z_j. */
  private static double[] monomials(PairSet pairs, int k) {
    int d = pairs.variables();
    double[] x = new double[terms(d)];
    int at = 0;
    x[at++] = 1;
    for (int i = 0; i < d; i++) {
      double zi = pairs.z0()[k * d + i];
      x[at++] = zi;
      for (int j = 0; j <= i; j++) {
        x[at++] = zi * pairs.z0()[k * d + j];
      }
    }
    return x;
  }
}
