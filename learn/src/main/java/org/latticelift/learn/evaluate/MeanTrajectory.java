package org.latticelift.learn.evaluate;

import java.util.List;

/** Mean of several runs on a common time grid, and its distance to a prediction (ME-89, ME-90). */
public final class MeanTrajectory {
  private MeanTrajectory() {}

  /**
   * Mean over runs, each interpolated linearly in time (DI-16).
   *
   * @param runs at least one, equal numbers of observables
   * @param grid increasing times within every run, s
   * @return means on the grid
   */
  public static TimeSeries of(List<TimeSeries> runs, double[] grid) {
    int m = runs.get(0).components();
    double[] values = new double[grid.length * m];
    for (TimeSeries run : runs) {
      for (int i = 0; i < grid.length; i++) {
        for (int c = 0; c < m; c++) {
          values[i * m + c] += run.at(grid[i], c) / runs.size();
        }
      }
    }
    return new TimeSeries(grid.clone(), values, m);
  }

  /**
   * The times of a prediction that every run covers.
   *
   * @param prediction its times are used
   * @param runs direct runs
   * @return increasing times, possibly none
   */
  public static double[] commonTimes(TimeSeries prediction, List<TimeSeries> runs) {
    double from = runs.stream().mapToDouble(TimeSeries::start).max().orElse(0);
    double to = runs.stream().mapToDouble(TimeSeries::end).min().orElse(0);
    double slack = 1e-9 * (to - from);
    return java.util.Arrays.stream(prediction.times())
        .filter(t -> t >= from - slack && t <= to + slack)
        .toArray();
  }

  /**
   * Relative error of the mean trajectory (ME-89): sum of squared differences over sum of squares
   * of the truth, over all times and components.
   *
   * @param prediction values at its own times
   * @param truth interpolated at the times of the prediction
   * @return 0 for equal curves; NaN if the truth vanishes everywhere
   */
  public static double relativeError(TimeSeries prediction, TimeSeries truth) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < prediction.length(); i++) {
      for (int c = 0; c < prediction.components(); c++) {
        double expected = truth.at(prediction.time(i), c);
        double error = prediction.value(i, c) - expected;
        difference += error * error;
        norm += expected * expected;
      }
    }
    return difference / norm;
  }
}
