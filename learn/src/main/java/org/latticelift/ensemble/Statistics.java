package org.latticelift.ensemble;

import java.util.Arrays;

/**
 * Statistics of the trajectories of one condition, all observables. Standard deviations divide by
 * the number of values (ME-90).
 *
 * @param mean over all models and trajectories, [t,m]
 * @param std over all models and trajectories, [t,m]
 * @param quantile [q,t,m]
 * @param modelMean per model, [M,t,m]
 * @param modelStd spread over noise within each model, [M,t,m]
 * @param lateMean average over the second half of the time span per model, [M,m]
 * @param lateStd deviation of single values in the second half per model, [M,m]
 * @param lateError standard error of the mean over models of {@code lateMean}, [m]: from the spread
 *     between models where there are several, otherwise from that between trajectories
 */
record Statistics(
    double[] mean,
    double[] std,
    double[] quantile,
    double[] modelMean,
    double[] modelStd,
    double[] lateMean,
    double[] lateStd,
    double[] lateError) {

  static Statistics of(Trajectories all, double[] levels) {
    int m = all.observables();
    int t = all.records();
    int models = all.models();
    Statistics s =
        new Statistics(
            new double[t * m],
            new double[t * m],
            new double[levels.length * t * m],
            new double[models * t * m],
            new double[models * t * m],
            new double[models * m],
            new double[models * m],
            new double[m]);
    for (int k = 0; k < m; k++) {
      for (int r = 0; r < t; r++) {
        s.atTime(all, r, k, levels);
      }
      s.late(all, k);
    }
    return s;
  }

  private void atTime(Trajectories all, int r, int k, double[] levels) {
    int m = all.observables();
    int t = all.records();
    int n = all.perModel();
    double[] values = new double[all.models() * n];
    Arrays.setAll(values, i -> all.get(i, r, k));
    for (int q = 0; q < all.models(); q++) {
      double[] moments = moments(values, q * n, n);
      modelMean[(q * t + r) * m + k] = moments[0];
      modelStd[(q * t + r) * m + k] = moments[1];
    }
    double[] moments = moments(values, 0, values.length);
    mean[r * m + k] = moments[0];
    std[r * m + k] = moments[1];
    Arrays.sort(values);
    for (int q = 0; q < levels.length; q++) {
      quantile[(q * t + r) * m + k] = quantile(values, levels[q]);
    }
  }

  private void late(Trajectories all, int k) {
    int m = all.observables();
    int n = all.perModel();
    int from = all.records() / 2;
    int length = all.records() - from;
    double[] averages = new double[all.models() * n];
    double[] means = new double[all.models()];
    for (int q = 0; q < all.models(); q++) {
      double[] values = new double[n * length];
      for (int i = 0; i < values.length; i++) {
        int trajectory = q * n + i / length;
        values[i] = all.get(trajectory, from + i % length, k);
        averages[trajectory] += values[i] / length;
      }
      double[] moments = moments(values, 0, values.length);
      means[q] = moments[0];
      lateMean[q * m + k] = moments[0];
      lateStd[q * m + k] = moments[1];
    }
    double[] sample = all.models() > 1 ? means : averages;
    double deviation = moments(sample, 0, sample.length)[1];
    lateError[k] = sample.length > 1 ? deviation / Math.sqrt(sample.length - 1.0) : Double.NaN;
  }

  private static double[] moments(double[] values, int from, int n) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += values[i];
    }
    double mean = sum / n;
    double square = 0;
    for (int i = from; i < from + n; i++) {
      square += (values[i] - mean) * (values[i] - mean);
    }
    return new double[] {mean, Math.sqrt(square / n)};
  }

  /** Linear interpolation between order statistics. */
  private static double quantile(double[] sorted, double level) {
    double position = level * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }
}
