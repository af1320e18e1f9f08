package org.latticelift.ensemble;

import java.util.Locale;
import org.latticelift.error.LatticeLiftException;

/**
 * Recorded times of one condition: {@code records} states, the first at time 0, equally spaced.
 *
 * @param horizon total scaled time
 * @param records recorded states including the first
 * @param steps integration steps between two records
 */
record TimeGrid(double horizon, int records, long steps) {
  /** An hour for one trajectory, at least. */
  private static final double MOST_STEPS = 1e10;

  /** The coarsest grid whose step is at most {@code step} units; an error if it has no end. */
  static TimeGrid of(double horizon, double step, int records) {
    if (!(horizon / step <= MOST_STEPS)) {
      throw LatticeLiftException.badData(
          String.format(Locale.ROOT, "a trajectory of %.3g steps", horizon / step),
          "ensemble.horizon, ensemble.step",
          String.format(Locale.ROOT, "at most %.0e steps", MOST_STEPS),
          "Shorten the horizon or take longer steps");
    }
    double interval = horizon / (records - 1);
    return new TimeGrid(horizon, records, Math.max(1, (long) Math.ceil(interval / step - 1e-9)));
  }

  /** Scaled length of a step. */
  double step() {
    return horizon / (records - 1) / steps;
  }

  /** Times in seconds. */
  double[] seconds(double unit) {
    double[] time = new double[records];
    for (int r = 0; r < records; r++) {
      time[r] = unit * horizon * r / (records - 1);
    }
    return time;
  }
}
