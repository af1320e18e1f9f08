package org.latticelift.learn.train;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * Sums of products of responses y and regressors x, from which a linear regression follows. Sums of
 * parts can be taken off again, which leaves the regression of the other parts.
 */
final class CrossMoments {
  /** Directions of x with less than this share of the largest singular value carry nothing. */
  private static final double NEGLIGIBLE = 1e-12;

  private final double[][] yx;
  private final double[][] xx;

  /** Of nothing. */
  CrossMoments(int responses, int regressors) {
    yx = new double[responses][regressors];
    xx = new double[regressors][regressors];
  }

  /** Adds one sample. */
  void add(double weight, double[] y, double[] x) {
    for (int j = 0; j < x.length; j++) {
      for (int i = 0; i < y.length; i++) {
        yx[i][j] += weight * y[i] * x[j];
      }
      for (int i = 0; i < x.length; i++) {
        xx[i][j] += weight * x[i] * x[j];
      }
    }
  }

  /** Adds all samples of another, a factor of 1, or takes them off, -1. */
  void add(CrossMoments other, int factor) {
    add(yx, other.yx, factor);
    add(xx, other.xx, factor);
  }

  private static void add(double[][] to, double[][] from, int factor) {
    for (int i = 0; i < to.length; i++) {
      for (int j = 0; j < to[i].length; j++) {
        to[i][j] += factor * from[i][j];
      }
    }
  }

  /**
   * The coefficients B of the least-squares fit y = B x, of least norm where several fit.
   *
   * @return responses by regressors
   */
  double[][] coefficients() {
    RealMatrix moments = new Array2DRowRealMatrix(xx);
    double[] scale = new double[xx.length];
    for (int i = 0; i < scale.length; i++) {
      scale[i] = xx[i][i] > 0 ? 1 / Math.sqrt(xx[i][i]) : 0;
    }
    for (int i = 0; i < scale.length; i++) {
      for (int j = 0; j < scale.length; j++) {
        moments.multiplyEntry(i, j, scale[i] * scale[j]);
      }
    }
    SingularValueDecomposition parts = new SingularValueDecomposition(moments);
    double[] values = parts.getSingularValues();
    double[][] b = new double[yx.length][xx.length];
    for (int k = 0; k < values.length && values[k] > NEGLIGIBLE * values[0]; k++) {
      for (int i = 0; i < b.length; i++) {
        double projection = 0;
        for (int j = 0; j < scale.length; j++) {
          projection += yx[i][j] * scale[j] * parts.getU().getEntry(j, k);
        }
        for (int j = 0; j < scale.length; j++) {
          b[i][j] += projection / values[k] * parts.getV().getEntry(j, k) * scale[j];
        }
      }
    }
    return b;
  }
}
