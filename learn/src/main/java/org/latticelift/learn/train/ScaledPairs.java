package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.train.gradient.Samples;

/**
 * Pairs in the model's scaled variables and time, as the engine gets them.
 *
 * @param variables d
 * @param state y0, [N,d]
 * @param increment y1 - y0, [N,d]
 * @param duration s, [N]
 * @param condition input of the embedding, [N]
 */
record ScaledPairs(
    int variables, float[] state, float[] increment, float[] duration, float[] condition) {

  static ScaledPairs of(PairSet pairs, SdeScaling scaling, SdeArchitecture architecture) {
    int d = pairs.variables();
    int n = pairs.count();
    double[] unit = new double[pairs.temperature().length];
    Arrays.setAll(unit, c -> scaling.timeUnit(pairs.temperature()[c], false));
    ScaledPairs scaled =
        new ScaledPairs(d, new float[n * d], new float[n * d], new float[n], new float[n]);
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < d; i++) {
        int at = k * d + i;
        scaled.state[at] = (float) scaling.toScaled(i, pairs.z0()[at]);
        scaled.increment[at] = (float) ((pairs.z1()[at] - pairs.z0()[at]) / scaling.deviation()[i]);
      }
      int c = pairs.condition()[k];
      scaled.duration[k] = (float) (pairs.dt()[k] / unit[c]);
      scaled.condition[k] = (float) architecture.input(pairs.temperature()[c]);
    }
    return scaled;
  }

  int count() {
    return duration.length;
  }

  /** A copy as the Java engine takes it. */
  Samples samples() {
    return Samples.of(variables, state, increment, duration, condition);
  }

  /** Copies of some rows, in their order. */
  ScaledPairs select(int[] rows) {
    int d = variables;
    int n = rows.length;
    ScaledPairs part =
        new ScaledPairs(d, new float[n * d], new float[n * d], new float[n], new float[n]);
    for (int k = 0; k < n; k++) {
      System.arraycopy(state, rows[k] * d, part.state, k * d, d);
      System.arraycopy(increment, rows[k] * d, part.increment, k * d, d);
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
    Arrays.sort(variance);
    int half = variables / 2;
    return variables % 2 == 1 ? variance[half] : 0.5 * (variance[half - 1] + variance[half]);
  }
}
