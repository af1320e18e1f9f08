package org.latticelift.learn.certificate;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;

/**
 * The generator as control variate (EX-05): the part of the noise of increments that their
 * martingales M predict. As M has mean zero whatever the state, r - B M has the mean of r for every
 * B; that of least squares, weighted with the inverse duration, leaves least.
 *
 * @param increments whose martingales they are
 */
record Variates(Increments increments) {
  /** Directions of the martingales with less than this share of the largest carry nothing. */
  private static final double NEGLIGIBLE = 1e-12;

  /**
   * What is left of residuals.
   *
   * @param residual [n,d], not modified; the same array where there are no martingales
   */
  double[] left(double[] residual) {
    int m = increments.martingales();
    if (m == 0) {
      return residual;
    }
    int d = increments.variables();
    double[] martingale = increments.martingale();
    double[][] squares = new double[m][m];
    double[][] products = new double[m][d];
    for (int k = 0; k < increments.count(); k++) {
      double weight = 1 / increments.duration()[k];
      for (int a = 0; a < m; a++) {
        double each = weight * martingale[k * m + a];
        for (int b = 0; b < m; b++) {
          squares[a][b] += each * martingale[k * m + b];
        }
        for (int i = 0; i < d; i++) {
          products[a][i] += each * residual[k * d + i];
        }
      }
    }
    double[][] coefficients = solved(squares, products);
    double[] left = residual.clone();
    for (int k = 0; k < increments.count(); k++) {
      for (int i = 0; i < d; i++) {
        for (int a = 0; a < m; a++) {
          left[k * d + i] -= coefficients[a][i] * martingale[k * m + a];
        }
      }
    }
    return left;
  }

  private static double[][] solved(double[][] squares, double[][] products) {
    int m = squares.length;
    double[] scale = new double[m];
    RealMatrix scaled = new Array2DRowRealMatrix(squares);
    RealMatrix right = new Array2DRowRealMatrix(products);
    for (int a = 0; a < m; a++) {
      scale[a] = squares[a][a] > 0 ? 1 / Math.sqrt(squares[a][a]) : 0;
      right.setRowVector(a, right.getRowVector(a).mapMultiply(scale[a]));
    }
    for (int a = 0; a < m; a++) {
      for (int b = 0; b < m; b++) {
        scaled.multiplyEntry(a, b, scale[a] * scale[b]);
      }
    }
    RealMatrix solution = Residuals.inverse(scaled, NEGLIGIBLE).multiply(right);
    for (int a = 0; a < m; a++) {
      solution.setRowVector(a, solution.getRowVector(a).mapMultiply(scale[a]));
    }
    return solution.getData();
  }
}
