package org.latticelift.sim.statistics;

import java.util.List;

/**
 * Values that are no means of data, such as ratios, with errors from leaving out one part of the
 * data after the other: (B - 1)/B times the sum of squared deviations over B equal, independent
 * parts is the variance.
 *
 * @param all values from all data, [row][column]
 * @param without the same without each part; empty where errors are not known
 */
public record Jackknife(double[][] all, List<double[][]> without) {
  /** Standard errors; NaN for fewer than two parts. */
  public double[][] error() {
    double[][] error = new double[all.length][];
    int parts = without.size();
    for (int i = 0; i < all.length; i++) {
      int row = i;
      error[i] = new double[all[i].length];
      for (int j = 0; j < all[i].length; j++) {
        int column = j;
        double mean = without.stream().mapToDouble(m -> m[row][column]).sum() / parts;
        double squares =
            without.stream().mapToDouble(m -> Math.pow(m[row][column] - mean, 2)).sum();
        error[i][j] = parts > 1 ? Math.sqrt(squares * (parts - 1) / parts) : Double.NaN;
      }
    }
    return error;
  }
}
