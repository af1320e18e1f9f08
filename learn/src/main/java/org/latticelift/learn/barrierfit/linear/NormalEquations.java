package org.latticelift.learn.barrierfit.linear;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Sums of products of columns and barriers, from which least squares with a ridge follow for any
 * columns and any strength, and the squared error of any coefficients. Sums of several sets of rows
 * are added, so a fit to nine folds of ten needs no row.
 */
final class NormalEquations {
  private final double[][] products;
  private final double[] moments;
  private double squares;
  private int rows;

  NormalEquations(int columns) {
    products = new double[columns][columns];
    moments = new double[columns];
  }

  void add(double[] x, double y) {
    for (int i = 0; i < x.length; i++) {
      if (x[i] != 0) {
        moments[i] += x[i] * y;
        for (int j = 0; j < x.length; j++) {
          products[i][j] += x[i] * x[j];
        }
      }
    }
    squares += y * y;
    rows++;
  }

  void add(NormalEquations other) {
    for (int i = 0; i < moments.length; i++) {
      moments[i] += other.moments[i];
      for (int j = 0; j < moments.length; j++) {
        products[i][j] += other.products[i][j];
      }
    }
    squares += other.squares;
    rows += other.rows;
  }

  int rows() {
    return rows;
  }

  /** The sum of squared errors of coefficients of some columns. */
  double squaredError(int[] columns, double[] value) {
    double sum = squares;
    for (int i = 0; i < columns.length; i++) {
      double[] row = products[columns[i]];
      double product = 0;
      for (int j = 0; j < columns.length; j++) {
        product += row[columns[j]] * value[j];
      }
      sum += value[i] * (product - 2 * moments[columns[i]]);
    }
    return Math.max(0, sum);
  }

  /**
   * The fits of some columns for all strengths of the ridge.
   *
   * @param columns the first of them free of the ridge, each 1 in some rows and 0 in the others
   * @param free how many are
   */
  Path path(int[] columns, int free) {
    return new Path(columns, free);
  }

  /** Fits of one set of columns; the strength is relative to the mean square of the columns. */
  final class Path {
    private final int[] columns;
    private final int free;
    private final double[] inverse;
    private final double scale;
    private final double[] eigenvalue;
    private final double[][] vector;
    private final double[] rotated;

    private Path(int[] columns, int free) {
      this.columns = columns;
      this.free = free;
      int p = columns.length - free;
      inverse = new double[free];
      for (int a = 0; a < free; a++) {
        double count = products[columns[a]][columns[a]];
        inverse[a] = count > 0 ? 1 / count : 0;
      }
      double[][] reduced = new double[p][p];
      double[] right = new double[p];
      double trace = 0;
      for (int i = 0; i < p; i++) {
        right[i] = moments[columns[free + i]];
        for (int a = 0; a < free; a++) {
          right[i] -= product(free + i, a) * inverse[a] * moments[columns[a]];
        }
        for (int j = 0; j < p; j++) {
          reduced[i][j] = product(free + i, free + j);
          for (int a = 0; a < free; a++) {
            reduced[i][j] -= product(free + i, a) * inverse[a] * product(free + j, a);
          }
        }
        trace += reduced[i][i];
      }
      scale = p == 0 ? 0 : trace / p;
      if (p == 0) {
        eigenvalue = new double[0];
        vector = new double[0][];
        rotated = new double[0];
        return;
      }
      EigenDecompositionSymmetric eigen =
          new EigenDecompositionSymmetric(new Array2DRowRealMatrix(symmetric(reduced), false));
      eigenvalue = eigen.getEigenvalues();
      vector = eigen.getVT().getData();
      rotated = new double[p];
      for (int k = 0; k < p; k++) {
        for (int i = 0; i < p; i++) {
          rotated[k] += vector[k][i] * right[i];
        }
      }
    }

    private double product(int i, int j) {
      return products[columns[i]][columns[j]];
    }

    private double[][] symmetric(double[][] matrix) {
      for (int i = 0; i < matrix.length; i++) {
        for (int j = 0; j < i; j++) {
          double mean = (matrix[i][j] + matrix[j][i]) / 2;
          matrix[i][j] = mean;
          matrix[j][i] = mean;
        }
      }
      return matrix;
    }

    double[] fit(double strength) {
      double[] value = new double[columns.length];
      for (int k = 0; k < rotated.length; k++) {
        double denominator = Math.max(0, eigenvalue[k]) + strength * scale;
        double along = denominator > 0 ? rotated[k] / denominator : 0;
        for (int i = 0; i < rotated.length; i++) {
          value[free + i] += along * vector[k][i];
        }
      }
      for (int a = 0; a < free; a++) {
        double rest = moments[columns[a]];
        for (int i = free; i < columns.length; i++) {
          rest -= product(i, a) * value[i];
        }
        value[a] = inverse[a] * rest;
      }
      return value;
    }

    /**
     * The covariance of the coefficients where the errors of the rows are independent and alike: s²
     * M A M with M = (A + ridge)⁻¹, and s² the squared error over the rows less tr(M A).
     */
    double[][] covariance(double strength) {
      double[][] a = new double[columns.length][columns.length];
      for (int i = 0; i < a.length; i++) {
        int row = i;
        Arrays.setAll(a[i], j -> product(row, j));
      }
      RealMatrix plain = new Array2DRowRealMatrix(a);
      RealMatrix ridged = plain.copy();
      for (int i = 0; i < a.length; i++) {
        ridged.addToEntry(i, i, i < free ? 0 : strength * scale);
      }
      RealMatrix inverted = new LUDecomposition(ridged).getSolver().getInverse();
      RealMatrix hat = inverted.multiply(plain);
      double left = Math.max(1, rows - hat.getTrace());
      double variance = squaredError(columns, fit(strength)) / left;
      return hat.multiply(inverted).scalarMultiply(variance).getData();
    }
  }
}
