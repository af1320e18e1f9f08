package org.latticelift.learn.certificate;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.latticelift.learn.certificate.DriftTerms.Mirror;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;

/**
 * What the drift of a model leaves of increments, at one condition and in its scaled variables and
 * time: r = dz - mu ds, mu the mean over the parameter sets. The rates r/ds are fitted by a sum of
 * terms, least squares weighted with ds and by the neighbourhood of late states, to the means of
 * all evolutions of a state; the noise is that of the first. Where a mirror image is as probable,
 * the fit has its symmetry: near a critical point the smallest preference of one of both would be
 * all that is seen.
 *
 * @param terms p of them
 * @param drift coefficients of each variable, [d][p]: at the centre, then the slopes
 * @param covariance of these, [d][p][p]
 * @param noise variance of r per unit of time about the fit, d
 * @param noiseError standard error of each, d
 * @param model mean variance per unit of time that the model has at the same states, d
 * @param centre of the states, or what stays in the mirror, d
 * @param low smallest state, d
 * @param high largest state, d
 */
record Residuals(
    DriftTerms terms,
    double[][] drift,
    double[][][] covariance,
    double[] noise,
    double[] noiseError,
    double[] model,
    double[] centre,
    double[] low,
    double[] high) {
  private static final int BLOCK = 128;

  /** Directions of the states with less than this share of the largest carry nothing. */
  private static final double NEGLIGIBLE = 1e-9;

  /** Fewer increments than this for each coefficient show nothing. */
  private static final int FEW = 20;

  /** Whether there are enough for a fit. */
  static boolean enough(double increments, int variables) {
    return increments >= FEW * (1 + variables);
  }

  /**
   * @param signs of the observables in a mirror image, or empty
   * @param near where late values live; made wider until there are enough increments
   */
  static Residuals of(
      Increments increments, SdeModel model, double condition, int[] signs, Neighbourhood near) {
    int d = increments.variables();
    Mirror mirror = Mirror.of(model, signs);
    Neighbourhood around = near.mirrored(mirror);
    double[] weights = around.weights(increments);
    while (!enough(Neighbourhood.effective(weights), d) && enough(increments.count(), d)) {
      around = around.wider();
      weights = around.weights(increments);
    }
    double[] residual = increments.increment().clone();
    double[] variance = new double[d];
    for (SdeParameters parameters : model.models()) {
      SdeKernel kernel = SdeKernel.batched(model.architecture(), parameters, condition, BLOCK);
      double share = 1.0 / model.models().size();
      subtract(kernel, increments, weights, share, residual, variance);
    }
    DriftTerms terms = DriftTerms.of(mirror.sign());
    return new Fit(increments, residual, variance, mirror, terms, around, weights).residuals();
  }

  /** Takes a share of the drift off the residuals, and adds that of the mean variance. */
  private static void subtract(
      SdeKernel kernel,
      Increments increments,
      double[] weights,
      double share,
      double[] residual,
      double[] variance) {
    int d = increments.variables();
    double all = Arrays.stream(weights).sum();
    float[][] z = new float[d][BLOCK];
    float[][] drift = new float[d][BLOCK];
    float[][] sigma = new float[d * d][BLOCK];
    for (int from = 0; from < increments.count(); from += BLOCK) {
      int count = Math.min(BLOCK, increments.count() - from);
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < d; i++) {
          z[i][t] = (float) increments.state()[(from + t) * d + i];
        }
      }
      kernel.evaluate(count, z, drift, sigma);
      for (int t = 0; t < count; t++) {
        for (int i = 0; i < d; i++) {
          residual[(from + t) * d + i] -= share * drift[i][t] * increments.duration()[from + t];
          for (int j = 0; j < d; j++) {
            double entry = sigma[i * d + j][t];
            variance[i] += share * entry * entry * weights[from + t] / all;
          }
        }
      }
    }
  }

  private record Fit(
      Increments increments,
      double[] residual,
      double[] variance,
      Mirror mirror,
      DriftTerms terms,
      Neighbourhood near,
      double[] weights) {

    Residuals residuals() {
      int d = increments.variables();
      int n = increments.count();
      double[][] range = range();
      mirror.centre(range[0]);
      double[] predictable = new Variates(increments.mean()).left(residualOfMean());
      int p = terms.count();
      RealMatrix moments = new Array2DRowRealMatrix(p, p);
      double[][] products = new double[d][p];
      for (int k = 0; k < n; k++) {
        double[] x = terms(k, range[0]);
        for (int a = 0; a < p; a++) {
          for (int b = 0; b < p; b++) {
            moments.addToEntry(a, b, weights[k] * increments.duration()[k] * x[a] * x[b]);
          }
          for (int i = 0; i < d; i++) {
            products[i][a] += weights[k] * predictable[k * d + i] * x[a];
          }
        }
      }
      double[][] drift = new double[d][];
      double[][][] covariance = new double[d][][];
      double[] noise = new double[d];
      double[] noiseError = new double[d];
      double all = Arrays.stream(weights).sum();
      double free = 1 - p / Neighbourhood.effective(weights);
      for (int i = 0; i < d; i++) {
        RealMatrix inverse = inverse(mirror.allowed(moments, terms, i), NEGLIGIBLE);
        drift[i] = inverse.operate(products[i]);
        for (int k = 0; k < n; k++) {
          noise[i] += weights[k] * squared(residual, k, i, drift[i], range[0]) / (all * free);
        }
        for (int k = 0; k < n; k++) {
          double off = weights[k] * (squared(residual, k, i, drift[i], range[0]) - noise[i]) / all;
          noiseError[i] += off * off;
        }
        noiseError[i] = Math.sqrt(noiseError[i]);
        RealMatrix scatter = mirror.allowed(scatter(predictable, i, drift[i], range[0]), terms, i);
        covariance[i] =
            inverse.multiply(scatter).multiply(inverse).scalarMultiply(1 / free).getData();
      }
      return new Residuals(
          terms, drift, covariance, noise, noiseError, variance, range[0], range[1], range[2]);
    }

    /** Of the means of several evolutions, from which the drift is fitted. */
    private double[] residualOfMean() {
      double[] mean = increments.mean().increment();
      double[] one = increments.increment();
      double[] moved = residual.clone();
      for (int i = 0; i < moved.length; i++) {
        moved[i] += mean[i] - one[i];
      }
      return moved;
    }

    /** Of the products that a fit comes from, by the spread of each increment about it. */
    private RealMatrix scatter(double[] values, int i, double[] drift, double[] centre) {
      int p = terms.count();
      RealMatrix scatter = new Array2DRowRealMatrix(p, p);
      for (int k = 0; k < increments.count(); k++) {
        double[] x = terms(k, centre);
        double square =
            weights[k]
                * weights[k]
                * increments.duration()[k]
                * squared(values, k, i, drift, centre);
        for (int a = 0; a < p; a++) {
          for (int b = 0; b < p; b++) {
            scatter.addToEntry(a, b, square * x[a] * x[b]);
          }
        }
      }
      return scatter;
    }

    /** Squared residual of the fit over the duration. */
    private double squared(double[] values, int k, int i, double[] drift, double[] centre) {
      double[] x = terms(k, centre);
      double rate = 0;
      for (int a = 0; a < x.length; a++) {
        rate += drift[a] * x[a];
      }
      double left = values[k * increments.variables() + i] - rate * increments.duration()[k];
      return left * left / increments.duration()[k];
    }

    private double[] terms(int k, double[] centre) {
      int d = increments.variables();
      double[] offset = new double[d];
      for (int i = 0; i < d; i++) {
        offset[i] = increments.state()[k * d + i] - centre[i];
      }
      double[] x = new double[terms.count()];
      for (int a = 0; a < x.length; a++) {
        x[a] = terms.value(a, offset);
      }
      return x;
    }

    /** Mean, smallest and largest state, as far as the fit reaches. */
    private double[][] range() {
      int d = increments.variables();
      double[][] range = new double[3][d];
      Arrays.fill(range[1], Double.POSITIVE_INFINITY);
      Arrays.fill(range[2], Double.NEGATIVE_INFINITY);
      double all = Arrays.stream(weights).sum();
      for (int k = 0; k < increments.count(); k++) {
        for (int i = 0; i < d; i++) {
          double z = increments.state()[k * d + i];
          range[0][i] += weights[k] * z / all;
          range[1][i] = Math.min(range[1][i], z);
          range[2][i] = Math.max(range[2][i], z);
        }
      }
      for (int i = 0; i < d; i++) {
        range[1][i] = Math.min(range[0][i], Math.max(range[1][i], near.low(i)));
        range[2][i] = Math.max(range[0][i], Math.min(range[2][i], near.high(i)));
      }
      return range;
    }
  }

  static RealMatrix inverse(RealMatrix matrix, double negligible) {
    SingularValueDecomposition parts = new SingularValueDecomposition(matrix);
    double[] values = parts.getSingularValues();
    int size = values.length;
    RealMatrix inverse = new Array2DRowRealMatrix(size, size);
    for (int k = 0; k < size && values[k] > negligible * values[0]; k++) {
      for (int a = 0; a < size; a++) {
        for (int b = 0; b < size; b++) {
          inverse.addToEntry(
              a, b, parts.getV().getEntry(a, k) * parts.getU().getEntry(b, k) / values[k]);
        }
      }
    }
    return inverse;
  }

  /**
   * The generator as control variate (EX-05): the part of the noise of increments that their
   * martingales M predict. As M has mean zero whatever the state, r - B M has the mean of r for
   * every B; that of least squares, weighted with the inverse duration, leaves least ({@code
   * increments}: whose martingales they are).
   */
  record Variates(Increments increments) {
    /** Directions of the martingales with less than this share of the largest carry nothing. */
    private static final double NEGLIGIBLE = 1e-12;

    /**
     * What is left of residuals ({@code residual}: [n,d], not modified; the same array where there
     * are no martingales).
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
}
