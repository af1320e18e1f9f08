package org.latticelift.app.cli;

import java.nio.file.Path;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.ModelFile;
import org.latticelift.learn.sde.SdeModel;

/**
 * How a learned equation fits the pairs of equal duration that it was learned from, in its scaled
 * variables, by explicit matrices (ME-29).
 *
 * @param spread mean of r^T A^-1 r per variable, with A = kappa sigma sigma^T dt + epsilon: 1 where
 *     the size of A is the best
 * @param loss mean of r^T A^-1 r + ln det A
 * @param linear the same of the best equation with linear drift and constant diffusion: d + ln det
 *     of the covariance of what least squares leave over (ME-34, ME-35)
 */
record LearnedFit(double spread, double loss, double linear) {
  /** Of a model that was trained with a kappa, which the model is not asked for. */
  static LearnedFit of(Path latent, Path trained, double kappa) {
    SdeModel model = ModelFile.read(trained);
    int d = model.architecture().dimension();
    try (Hdf5Reader reader = Hdf5Reader.open(latent)) {
      double[] z0 = reader.doubles("/z0");
      double[] z1 = reader.doubles("/z1");
      int n = z0.length / d;
      double[][] state = new double[n][d];
      double[][] increment = new double[n][d];
      for (int k = 0; k < n; k++) {
        for (int i = 0; i < d; i++) {
          state[k][i] = model.scaling().toScaled(i, z0[k * d + i]);
          increment[k][i] = model.scaling().toScaled(i, z1[k * d + i]) - state[k][i];
        }
      }
      double duration = reader.doubles("/dt")[0] / model.scaling().timeUnit()[0];
      return of(model, state, increment, duration, kappa);
    }
  }

  private static LearnedFit of(
      SdeModel model, double[][] state, double[][] increment, double duration, double kappa) {
    int n = state.length;
    int d = state[0].length;
    float[][] z = new float[d][n];
    float[][] drift = new float[d][n];
    float[][] sigma = new float[d * d][n];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < d; i++) {
        z[i][k] = (float) state[k][i];
      }
    }
    SdeKernel.plain(model.architecture(), model.models().get(0), model.scaling().condition()[0], n)
        .evaluate(n, z, drift, sigma);
    double square = 0;
    double determinant = 0;
    for (int k = 0; k < n; k++) {
      RealMatrix s = new Array2DRowRealMatrix(d, d);
      RealVector r = new ArrayRealVector(d);
      for (int i = 0; i < d; i++) {
        r.setEntry(i, increment[k][i] - drift[i][k] * duration);
        for (int j = 0; j < d; j++) {
          s.setEntry(i, j, sigma[i * d + j][k]);
        }
      }
      RealMatrix a = s.multiplyTransposed(s).scalarMultiply(kappa * duration);
      for (int i = 0; i < d; i++) {
        a.addToEntry(i, i, model.epsilon());
      }
      CholeskyDecomposition cholesky = new CholeskyDecomposition(a, 1e-9, 1e-30);
      square += r.dotProduct(cholesky.getSolver().solve(r)) / n;
      determinant += Math.log(cholesky.getDeterminant()) / n;
    }
    return new LearnedFit(square / d, square + determinant, linear(state, increment));
  }

  private static double linear(double[][] state, double[][] increment) {
    int d = state[0].length;
    double[][] rows = new double[state.length][d + 1];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(state[k], 0, rows[k], 0, d);
      rows[k][d] = 1;
    }
    RealMatrix x = new Array2DRowRealMatrix(rows, false);
    RealMatrix y = new Array2DRowRealMatrix(increment, false);
    RealMatrix normal = x.transposeMultiply(x);
    RealMatrix slope =
        new CholeskyDecomposition(normal, 1e-9, 1e-30).getSolver().solve(x.transposeMultiply(y));
    RealMatrix left = y.subtract(x.multiply(slope));
    RealMatrix covariance = left.transposeMultiply(left).scalarMultiply(1.0 / rows.length);
    return d + Math.log(new CholeskyDecomposition(covariance, 1e-9, 1e-30).getDeterminant());
  }
}
