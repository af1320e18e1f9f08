package org.latticelift.evaluation;

import java.util.Arrays;
import java.util.List;

/**
 * Comparison of the first and the second part of a late window (DI-49).
 *
 * @param drift second part minus first part
 * @param error standard error of the drift; NaN if it cannot be estimated
 * @param stationary false if the drift exceeds three standard errors and the threshold
 */
public record Stationarity(double drift, double error, boolean stationary) {
  private static final double SIGNIFICANT = 3;

  /**
   * Compares the two halves.
   *
   * @param runs equidistant values of the late window, one array per run
   * @param whole the analysis of the same runs
   * @param threshold drift that is too small to matter
   * @return drift and verdict
   */
  public static Stationarity of(List<double[]> runs, CorrelatedMean whole, double threshold) {
    double first = meanOfPart(runs, 0);
    double second = meanOfPart(runs, 1);
    // Two halves, each with half the data: the variance of the difference is four times that of
    // the mean.
    double error = 2 * whole.error();
    double drift = second - first;
    boolean small = Math.abs(drift) <= threshold;
    boolean insignificant = Math.abs(drift) <= SIGNIFICANT * error;
    return new Stationarity(drift, error, small || insignificant);
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
