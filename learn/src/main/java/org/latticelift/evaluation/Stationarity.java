package org.latticelift.evaluation;

import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.descriptive.moment.StandardDeviation;

/**
 * Comparison of the first and the second part of a late window (DI-49).
 *
 * @param drift second part minus first part
 * @param error standard error of the drift; NaN if it cannot be estimated
 * @param stationary false if the drift exceeds five standard errors and the threshold: of
 *     stationary Ornstein-Uhlenbeck runs with windows of five relaxation times 2 % are called
 *     drifting with one run and 0.3 % with three (at three standard errors 12 % and 4 %)
 */
public record Stationarity(double drift, double error, boolean stationary) {
  private static final double SIGNIFICANT = 5;

  /**
   * Compares the two halves of every run. The error comes from what is left after the mean of every
   * run and their common slope are subtracted, so that a drift does not hide behind the noise that
   * it would make itself; with four runs or more it is at least what their spread says.
   *
   * @param runs equidistant values of the late window, one array per run
   * @param threshold drift that is too small to matter
   * @return drift and verdict
   */
  public static Stationarity of(List<double[]> runs, double threshold) {
    double within = CorrelatedMean.of(withoutTrend(runs)).error();
    double between = 0;
    if (runs.size() >= 4) {
      double[] drifts = runs.stream().mapToDouble(run -> drift(List.of(run))).toArray();
      between = new StandardDeviation().evaluate(drifts) / Math.sqrt(runs.size());
    }
    return of(runs, Math.max(within, between / 2), threshold);
  }

  private static Stationarity of(List<double[]> runs, double errorOfMean, double threshold) {
    // Each half has half the data: the variance of the difference is four times that of the mean.
    double error = 2 * errorOfMean;
    double drift = drift(runs);
    boolean small = Math.abs(drift) <= threshold;
    boolean insignificant = Math.abs(drift) <= SIGNIFICANT * error;
    return new Stationarity(drift, error, small || insignificant);
  }

  /**
   * Subtracts the mean of each run and the common slope, least squares in the time since the middle
   * of each run.
   */
  private static List<double[]> withoutTrend(List<double[]> runs) {
    double product = 0;
    double square = 0;
    for (double[] run : runs) {
      for (int i = 0; i < run.length; i++) {
        double t = i - 0.5 * (run.length - 1);
        product += t * run[i];
        square += t * t;
      }
    }
    double slope = square == 0 ? 0 : product / square;
    return runs.stream().map(run -> withoutTrend(run, slope)).toList();
  }

  private static double[] withoutTrend(double[] run, double slope) {
    double mean = Arrays.stream(run).average().orElse(0);
    double[] rest = new double[run.length];
    Arrays.setAll(rest, i -> run[i] - mean - slope * (i - 0.5 * (run.length - 1)));
    return rest;
  }

  private static double drift(List<double[]> runs) {
    return meanOfPart(runs, 1) - meanOfPart(runs, 0);
  }

  private static double meanOfPart(List<double[]> runs, int part) {
    double sum = 0;
    long count = 0;
    for (double[] run : runs) {
      int half = run.length / 2;
      int from = part == 0 ? 0 : run.length - half;
      sum += Arrays.stream(run, from, from + half).sum();
      count += half;
    }
    return sum / count;
  }
}
