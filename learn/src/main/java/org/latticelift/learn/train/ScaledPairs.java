package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeParameters;
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

  private static final int BLOCK = 128;

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

  /** The same pairs with the residuals of a drift as increments, y1 - y0 - mu ds. */
  ScaledPairs residuals(SdeArchitecture architecture, SdeParameters parameters) {
    float[] residual = increment.clone();
    float[][] z = new float[variables][BLOCK];
    float[][] drift = new float[variables][BLOCK];
    float[][] sigma = new float[variables * variables][BLOCK];
    for (List<Integer> rows : rowsByCondition().values()) {
      double value = architecture.condition(condition[rows.get(0)]);
      SdeKernel kernel = SdeKernel.batched(architecture, parameters, value, BLOCK);
      for (int from = 0; from < rows.size(); from += BLOCK) {
        List<Integer> block = rows.subList(from, Math.min(from + BLOCK, rows.size()));
        for (int t = 0; t < block.size(); t++) {
          for (int i = 0; i < variables; i++) {
            z[i][t] = state[block.get(t) * variables + i];
          }
        }
        kernel.evaluate(block.size(), z, drift, sigma);
        for (int t = 0; t < block.size(); t++) {
          for (int i = 0; i < variables; i++) {
            residual[block.get(t) * variables + i] -= drift[i][t] * duration[block.get(t)];
          }
        }
      }
    }
    return new ScaledPairs(variables, state, residual, duration, condition);
  }

  private Map<Float, List<Integer>> rowsByCondition() {
    Map<Float, List<Integer>> rows = new TreeMap<>();
    for (int k = 0; k < count(); k++) {
      rows.computeIfAbsent(condition[k], c -> new ArrayList<>()).add(k);
    }
    return rows;
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
    double[] variance = variances();
    Arrays.sort(variance);
    int half = variables / 2;
    return variables % 2 == 1 ? variance[half] : 0.5 * (variance[half - 1] + variance[half]);
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
}
