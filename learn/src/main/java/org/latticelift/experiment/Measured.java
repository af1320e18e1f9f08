package org.latticelift.experiment;

import org.latticelift.evaluation.Bootstrap;

/**
 * A measured number.
 *
 * @param value mean over repeats
 * @param interval 95 %: two standard errors over repeats, or from resampled trajectories
 */
public record Measured(double value, Bootstrap.Interval interval) {
  /** Mean of repeats, or the only one as it is. */
  static Measured of(java.util.List<Measured> repeats) {
    if (repeats.size() == 1) {
      return repeats.get(0);
    }
    double mean = repeats.stream().mapToDouble(Measured::value).average().orElse(Double.NaN);
    double square = repeats.stream().mapToDouble(m -> Math.pow(m.value - mean, 2)).sum();
    double error = Math.sqrt(square / (repeats.size() - 1.0) / repeats.size());
    return new Measured(mean, new Bootstrap.Interval(mean - 2 * error, mean + 2 * error));
  }
}
