package org.latticelift.learn.certificate;

import java.util.Arrays;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.sim.random.RandomStream;

/**
 * A correction and how uncertain it is.
 *
 * @param best most probable
 * @param covariance of the rows of its drift, [d][p][p]
 * @param noiseError standard error of its factors, d
 */
record CorrectionEstimate(Correction best, double[][][] covariance, double[] noiseError) {
  static CorrectionEstimate misfit(Residuals own) {
    Correction none = Correction.none(own.centre().length);
    return new CorrectionEstimate(
        new Correction(own.terms(), own.drift(), none.noise(), own.centre(), own.low(), own.high()),
        own.covariance(),
        new double[own.centre().length]);
  }

  /** Drift of one kind of increments less that of another, at the states of the first. */
  static CorrectionEstimate drift(Residuals other, Residuals own) {
    return drift(other, own, 1);
  }

  /**
   * What a drift misses of increments that it was not trained on. The error of a model by its own
   * pairs, which nobody can tell from what it misses, is in that of the correction.
   */
  static CorrectionEstimate misfit(Residuals other, Residuals own) {
    return drift(other, own, 0);
  }

  private static CorrectionEstimate drift(Residuals other, Residuals own, double share) {
    int d = own.centre().length;
    int p = other.terms().count();
    double[] by = new double[d];
    Arrays.setAll(by, j -> other.centre()[j] - own.centre()[j]);
    RealMatrix moved = new Array2DRowRealMatrix(own.terms().moved(by));
    double[][] drift = new double[d][p];
    double[][][] covariance = new double[d][p][p];
    for (int i = 0; i < d; i++) {
      double[] at = moved.operate(own.drift()[i]);
      RealMatrix ofOwn =
          moved.multiply(new Array2DRowRealMatrix(own.covariance()[i])).multiply(moved.transpose());
      for (int a = 0; a < p; a++) {
        drift[i][a] = other.drift()[i][a] - share * at[a];
        for (int b = 0; b < p; b++) {
          covariance[i][a][b] = other.covariance()[i][a][b] + ofOwn.getEntry(a, b);
        }
      }
    }
    double[] one = new double[d];
    Arrays.fill(one, 1);
    return new CorrectionEstimate(
        new Correction(other.terms(), drift, one, other.centre(), other.low(), other.high()),
        covariance,
        new double[d]);
  }

  /** Noise of increments over that of the model at the same states. */
  static CorrectionEstimate noise(Residuals joint) {
    double[] level = joint.model();
    return factors(joint.noise(), joint.noiseError(), level, new double[level.length]);
  }

  /**
   * Noise of increments over that of the model at the same states ({@code measured}: what the model
   * has its noise from, and with it the error of that).
   */
  static CorrectionEstimate noise(Residuals joint, Residuals measured) {
    double[] level = joint.model();
    double[] error = new double[level.length];
    for (int i = 0; i < level.length; i++) {
      boolean known = measured.noise()[i] > 0;
      error[i] = known ? level[i] * measured.noiseError()[i] / measured.noise()[i] : 0;
    }
    return factors(joint.noise(), joint.noiseError(), level, error);
  }

  /** Noise of one kind of increments over that of another. */
  static CorrectionEstimate ratio(Residuals other, Residuals own) {
    return factors(other.noise(), other.noiseError(), own.noise(), own.noiseError());
  }

  /** The same correction of the drift with the noise of another. */
  CorrectionEstimate withNoise(CorrectionEstimate factors) {
    return new CorrectionEstimate(
        new Correction(
            best.terms(),
            best.drift(),
            factors.best.noise(),
            best.centre(),
            best.low(),
            best.high()),
        covariance,
        factors.noiseError);
  }

  /** A variable without noise keeps what it has. */
  private static CorrectionEstimate factors(
      double[] above, double[] aboveError, double[] below, double[] belowError) {
    int d = above.length;
    Correction none = Correction.none(d);
    double[] factor = none.noise().clone();
    double[] error = new double[d];
    for (int i = 0; i < d; i++) {
      if (!(above[i] > 0 && below[i] > 0)) {
        continue;
      }
      factor[i] = Math.sqrt(above[i] / below[i]);
      error[i] = factor[i] / 2 * Math.hypot(aboveError[i] / above[i], belowError[i] / below[i]);
    }
    return new CorrectionEstimate(
        new Correction(none.terms(), none.drift(), factor, none.centre(), none.low(), none.high()),
        new double[d][none.terms().count()][none.terms().count()],
        error);
  }

  Correction draw(RandomStream stream) {
    int d = noiseError.length;
    double[][] drift = new double[d][];
    double[] noise = new double[d];
    for (int i = 0; i < d; i++) {
      drift[i] = draw(best.drift()[i], covariance[i], stream);
      noise[i] = best.noise()[i] + noiseError[i] * stream.normal();
    }
    return new Correction(best.terms(), drift, noise, best.centre(), best.low(), best.high());
  }

  /** Without what rounding has made of it. */
  private static RealMatrix symmetric(double[][] covariance) {
    RealMatrix matrix = new Array2DRowRealMatrix(covariance);
    return matrix.add(matrix.transpose()).scalarMultiply(0.5);
  }

  private static double[] draw(double[] mean, double[][] covariance, RandomStream stream) {
    EigenDecompositionSymmetric parts = new EigenDecompositionSymmetric(symmetric(covariance));
    double[] drawn = mean.clone();
    for (int k = 0; k < mean.length; k++) {
      double step = Math.sqrt(Math.max(0, parts.getEigenvalue(k))) * stream.normal();
      for (int a = 0; a < mean.length; a++) {
        drawn[a] += step * parts.getV().getEntry(a, k);
      }
    }
    return drawn;
  }
}
