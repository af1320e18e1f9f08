package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.LossCovariance;
import org.latticelift.learn.train.gradient.LossCovariance.Noise;
import org.latticelift.learn.train.gradient.Samples;

/**
 * Pairs in the model's scaled variables and time, as the engine gets them.
 *
 * @param variables d
 * @param state y0, [N,d]
 * @param increment y1 - y0, [N,d]
 * @param noise what the diffusion is fitted to where it is not the increments, [N,d], or empty
 * @param duration s, [N]
 * @param condition input of the embedding, [N]
 */
record ScaledPairs(
    int variables,
    float[] state,
    float[] increment,
    float[] noise,
    float[] duration,
    float[] condition) {

  /** Without a column of noise. */
  ScaledPairs(
      int variables, float[] state, float[] increment, float[] duration, float[] condition) {
    this(variables, state, increment, new float[0], duration, condition);
  }

  static ScaledPairs none(int variables) {
    return empty(variables, 0, false);
  }

  private static ScaledPairs empty(int d, int n, boolean noise) {
    return new ScaledPairs(
        d,
        new float[n * d],
        new float[n * d],
        new float[noise ? n * d : 0],
        new float[n],
        new float[n]);
  }

  static ScaledPairs of(PairSet pairs, SdeScaling scaling, SdeArchitecture architecture) {
    int d = pairs.variables();
    int n = pairs.count();
    double[] unit = new double[pairs.values().length];
    Arrays.setAll(unit, c -> scaling.timeUnit(pairs.values()[c], false));
    ScaledPairs scaled = empty(d, n, false);
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < d; i++) {
        int at = k * d + i;
        scaled.state[at] = (float) scaling.toScaled(i, pairs.z0()[at]);
        scaled.increment[at] = (float) ((pairs.z1()[at] - pairs.z0()[at]) / scaling.deviation()[i]);
      }
      int c = pairs.condition()[k];
      scaled.duration[k] = (float) (pairs.dt()[k] / unit[c]);
      scaled.condition[k] = (float) architecture.input(pairs.values()[c]);
    }
    return scaled;
  }

  /** The same pairs with a column of noise. */
  ScaledPairs withNoise(PairSet increments, SdeScaling scaling) {
    float[] noise = new float[increment.length];
    for (int at = 0; at < noise.length; at++) {
      int i = at % variables;
      noise[at] = (float) ((increments.z1()[at] - increments.z0()[at]) / scaling.deviation()[i]);
    }
    return new ScaledPairs(variables, state, increment, noise, duration, condition);
  }

  /** The same pairs, the increments with what is left of others after them as noise. */
  ScaledPairs restoring(PairSet increments, SdeScaling scaling) {
    float[] noise = withNoise(increments, scaling).noise;
    for (int at = 0; at < noise.length; at++) {
      noise[at] -= increment[at];
    }
    return new ScaledPairs(variables, state, increment, noise, duration, condition);
  }

  int count() {
    return duration.length;
  }

  /** A copy as the Java engine takes it. */
  Samples samples() {
    return Samples.of(variables, state, increment, noise, duration, condition);
  }

  /** Copies of some rows, in their order. */
  ScaledPairs select(int[] rows) {
    int d = variables;
    int n = rows.length;
    ScaledPairs part = empty(d, n, noise.length > 0);
    for (int k = 0; k < n; k++) {
      System.arraycopy(state, rows[k] * d, part.state, k * d, d);
      System.arraycopy(increment, rows[k] * d, part.increment, k * d, d);
      if (noise.length > 0) {
        System.arraycopy(noise, rows[k] * d, part.noise, k * d, d);
      }
      part.duration[k] = duration[rows[k]];
      part.condition[k] = condition[rows[k]];
    }
    return part;
  }

  /**
   * Median over the variables of the mean squared increment, the measure behind the relative
   * epsilon of DI-02.
   */
  double medianVariance() {
    double[] variance = variances();
    Arrays.sort(variance);
    int half = variables / 2;
    return variables % 2 == 1 ? variance[half] : 0.5 * (variance[half - 1] + variance[half]);
  }

  /** Mean square of the increments of each variable per unit of time. */
  double[] rates() {
    double[] rate = new double[variables];
    for (int k = 0; k < count(); k++) {
      for (int i = 0; i < variables; i++) {
        double x = increment[k * variables + i];
        rate[i] += x * x / duration[k] / count();
      }
    }
    return rate;
  }

  /** Variance of the increments of each variable, over all pairs. */
  double[] variances() {
    double[] mean = new double[variables];
    double[] square = new double[variables];
    for (int k = 0; k < count(); k++) {
      for (int i = 0; i < variables; i++) {
        double x = increment[k * variables + i];
        mean[i] += x / count();
        square[i] += x * x / count();
      }
    }
    double[] variance = new double[variables];
    Arrays.setAll(variance, i -> square[i] - mean[i] * mean[i]);
    return variance;
  }

  /**
   * What one model is fitted to.
   *
   * @param noise what the diffusion is fitted to; the pairs have a column for it if it needs one
   * @param covariance of the noise of a pair in the loss
   * @param training at least one pair
   * @param validation may be empty
   */
  record TrainingProblem(
      Noise noise, LossCovariance covariance, ScaledPairs training, ScaledPairs validation) {

    /** That of the paper: drift and diffusion from the same increments, one kappa, one epsilon. */
    static TrainingProblem plain(
        double kappa, double epsilon, ScaledPairs training, ScaledPairs validation) {
      return new TrainingProblem(
          Noise.RESIDUALS,
          LossCovariance.uniform(kappa, epsilon, training.variables()),
          training,
          validation);
    }
  }
}
