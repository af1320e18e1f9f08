package org.latticelift.app.cli;

import java.nio.file.Path;
import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.latticelift.io.hdf5.Hdf5Reader;

/**
 * The equation of one variable, with a polynomial drift and a constant diffusion, that makes the
 * modified loss of given pairs least (LC-12, ME-34): weighted least squares for the drift, and the
 * diffusion at which the derivative of the loss is zero. Written without the product's training.
 *
 * @param drift coefficients, lowest power first
 * @param errors their standard errors
 * @param diffusion constant, per square root of the time unit of the pairs
 * @param pairs number of pairs
 */
record PairOptimum(double[] drift, double[] errors, double diffusion, int pairs) {
  private static final int ROUNDS = 20;

  /**
   * Reads pairs.
   *
   * @param file {@code pairs.h5} or {@code latent.h5}
   * @param after dataset of the states after: {@code /z1}, or {@code /patch_z1} for naive pairs
   * @param kappa factor on the model covariance
   * @param epsilon added to it
   * @param degree of the drift
   */
  static PairOptimum of(Path file, String after, double kappa, double epsilon, int degree) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      double[] z = reader.doubles("/z0");
      double[] increment = reader.doubles(after);
      Arrays.setAll(increment, k -> increment[k] - z[k]);
      return new Fit(z, increment, reader.doubles("/dt"), kappa, epsilon, degree).solve();
    }
  }

  /** Of the drift. */
  double driftAt(double z) {
    double sum = 0;
    for (int p = drift.length - 1; p >= 0; p--) {
      sum = sum * z + drift[p];
    }
    return sum;
  }

  /** One set of pairs; all arrays [N]. */
  private record Fit(
      double[] z, double[] increment, double[] dt, double kappa, double epsilon, int degree) {
    PairOptimum solve() {
      double variance = 1; // sigma^2
      PairOptimum best = null;
      for (int round = 0; round < ROUNDS; round++) {
        RealMatrix inverse = inverse(variance);
        double[] drift = inverse.operate(right(variance)).toArray();
        double[] errors = new double[drift.length];
        Arrays.setAll(errors, p -> Math.sqrt(inverse.getEntry(p, p)));
        best = new PairOptimum(drift, errors, Math.sqrt(variance), z.length);
        variance = variance(best);
      }
      return best;
    }

    private double scatter(double variance, int k) {
      return kappa * variance * dt[k] + epsilon;
    }

    /** Of the normal equations: the covariance of the coefficients. */
    private RealMatrix inverse(double variance) {
      RealMatrix normal = new Array2DRowRealMatrix(degree + 1, degree + 1);
      for (int k = 0; k < z.length; k++) {
        double weight = dt[k] * dt[k] / scatter(variance, k);
        for (int i = 0; i <= degree; i++) {
          for (int j = 0; j <= degree; j++) {
            normal.addToEntry(i, j, weight * Math.pow(z[k], i + j));
          }
        }
      }
      return new CholeskyDecomposition(normal, 1e-9, 1e-30).getSolver().getInverse();
    }

    private RealVector right(double variance) {
      RealVector right = new ArrayRealVector(degree + 1);
      for (int k = 0; k < z.length; k++) {
        double weight = dt[k] * increment[k] / scatter(variance, k);
        for (int i = 0; i <= degree; i++) {
          right.addToEntry(i, weight * Math.pow(z[k], i));
        }
      }
      return right;
    }

    /** Where the mean of dt (A - r^2) / A^2 is zero: bisection of its logarithm. */
    private double variance(PairOptimum equation) {
      double low = 1e-12;
      double high = 1e6;
      for (int i = 0; i < 100; i++) {
        double middle = Math.sqrt(low * high);
        if (slope(equation, middle) > 0) {
          high = middle;
        } else {
          low = middle;
        }
      }
      return Math.sqrt(low * high);
    }

    private double slope(PairOptimum equation, double variance) {
      double sum = 0;
      for (int k = 0; k < z.length; k++) {
        double residual = increment[k] - equation.driftAt(z[k]) * dt[k];
        double scatter = scatter(variance, k);
        sum += dt[k] * (scatter - residual * residual) / (scatter * scatter);
      }
      return sum;
    }
  }
}
