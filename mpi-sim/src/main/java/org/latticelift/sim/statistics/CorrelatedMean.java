package org.latticelift.sim.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * The mean of correlated, equidistant values and its standard error by the integrated
 * autocorrelation time.
 *
 * <p>The automatic window, the correction for the subtracted mean and the pooling of several runs
 * follow U. Wolff, Comput. Phys. Commun. 156 (2004) 143: the sum of autocovariances is cut where
 * truncation bias and noise balance (S = 1.5), then every autocovariance is raised by the variance
 * of the mean. It is the limit of block averaging with blocks much longer than the correlation.
 *
 * @param mean arithmetic mean of all values
 * @param error standard error of the mean; NaN for fewer than four values
 * @param deviation standard deviation of a single value, corrected for the subtracted mean
 * @param correlation integrated autocorrelation time, 1/2 + sum of the autocorrelations, in steps
 * @param independent number of independent values, n / (2 correlation)
 * @param resolved false if no window short against the runs was found: the error is then a lower
 *     bound
 */
public record CorrelatedMean(
    double mean,
    double error,
    double deviation,
    double correlation,
    double independent,
    boolean resolved) {

  private static final double S = 1.5;
  private static final int MOST = 1000;

  /**
   * Analyses runs of the same process ({@code runs}: values at equal intervals, one array per run;
   * not modified).
   */
  public static CorrelatedMean of(List<double[]> runs) {
    long count = runs.stream().mapToLong(run -> run.length).sum();
    if (count == 0) {
      throw new IllegalArgumentException("no values");
    }
    double sum = 0;
    for (double[] run : runs) {
      for (double value : run) {
        sum += value;
      }
    }
    double mean = sum / count;
    int shortest = runs.stream().mapToInt(run -> run.length).min().orElse(0);
    if (count < 4 || shortest < 2) {
      return new CorrelatedMean(mean, Double.NaN, Double.NaN, Double.NaN, Double.NaN, false);
    }
    return analyse(runs, mean, count, shortest / 2);
  }

  /**
   * Averages over consecutive values, so that runs of any length have at most 1000: without an end
   * of the correlation the time of {@link #of} grows with the square of the length ({@code runs}:
   * not modified).
   */
  static List<double[]> coarse(List<double[]> runs) {
    return runs.stream().map(CorrelatedMean::coarse).toList();
  }

  private static double[] coarse(double[] values) {
    if (values.length <= MOST) {
      return values;
    }
    double[] averages = new double[MOST];
    for (int bin = 0; bin < MOST; bin++) {
      int from = (int) ((long) bin * values.length / MOST);
      int to = (int) ((bin + 1L) * values.length / MOST);
      averages[bin] = Arrays.stream(values, from, to).average().orElseThrow();
    }
    return averages;
  }

  private static CorrelatedMean analyse(
      List<double[]> runs, double mean, long count, int longestWindow) {
    double zero = covariance(runs, mean, 0);
    if (zero == 0) {
      return new CorrelatedMean(mean, 0, 0, 0.5, count, true);
    }
    double sum = zero;
    int window = 0;
    boolean resolved = false;
    while (!resolved && window < longestWindow) {
      window++;
      sum += 2 * covariance(runs, mean, window);
      resolved = balanced(0.5 * sum / zero, window, count);
    }
    sum = Math.max(sum, zero / count);
    double bias = sum / count;
    double corrected = sum + bias * (2L * window + 1);
    double variance = zero + bias;
    double correlation = 0.5 * corrected / variance;
    return new CorrelatedMean(
        mean,
        Math.sqrt(corrected / count),
        Math.sqrt(variance),
        correlation,
        count / (2 * correlation),
        resolved);
  }

  /** True where the truncation error is smaller than the statistical error of the sum. */
  private static boolean balanced(double integrated, int window, long count) {
    double tau =
        integrated <= 0.5
            ? Double.MIN_NORMAL
            : S / Math.log((2 * integrated + 1) / (2 * integrated - 1));
    return Math.exp(-window / tau) < tau / Math.sqrt((double) window * count);
  }

  private static double covariance(List<double[]> runs, double mean, int lag) {
    double sum = 0;
    long terms = 0;
    for (double[] run : runs) {
      for (int i = 0; i + lag < run.length; i++) {
        sum += (run[i] - mean) * (run[i + lag] - mean);
      }
      terms += Math.max(0, run.length - lag);
    }
    return sum / terms;
  }
}
