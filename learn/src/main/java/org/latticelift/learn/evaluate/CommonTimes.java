package org.latticelift.learn.evaluate;

import java.util.List;

/** The times at which a prediction is compared with direct runs (ME-89). */
public final class CommonTimes {
  private CommonTimes() {}

  /**
   * The times of a prediction that every run covers.
   *
   * @param prediction its times are used
   * @param runs direct runs
   * @return increasing times, possibly none
   */
  public static double[] of(TimeSeries prediction, List<TimeSeries> runs) {
    double from = runs.stream().mapToDouble(TimeSeries::start).max().orElse(0);
    double to = runs.stream().mapToDouble(TimeSeries::end).min().orElse(0);
    double slack = 1e-9 * (to - from);
    return java.util.Arrays.stream(prediction.times())
        .filter(t -> t >= from - slack && t <= to + slack)
        .toArray();
  }
}
