package org.latticelift.learn.evaluate;

import java.util.List;
import org.latticelift.sim.statistics.Drift;

/**
 * Comparison of the first and the second part of a late window (DI-49).
 *
 * @param drift second part minus first part
 * @param error standard error of the drift; NaN if it cannot be estimated
 * @param stationary false if the drift is significant, or cannot be tested
 */
public record Stationarity(double drift, double error, boolean stationary) {

  /**
   * Direct runs.
   *
   * @param drift of their late part
   * @return stationary if the drift is within its error
   */
  static Stationarity of(Drift drift) {
    return new Stationarity(drift.value(), drift.error(), drift.steady());
  }

  /**
   * Curves without much noise, whose last remainders of a relaxation are significant.
   *
   * @param runs equidistant values of the late window, one array per run
   * @param threshold drift that is too small to matter
   * @return stationary if the drift is within its error or small
   */
  static Stationarity of(List<double[]> runs, double threshold) {
    Drift drift = Drift.of(runs);
    boolean small = Math.abs(drift.value()) <= threshold;
    return new Stationarity(drift.value(), drift.error(), small || drift.steady());
  }
}
