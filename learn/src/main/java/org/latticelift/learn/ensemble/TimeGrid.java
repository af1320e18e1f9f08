package org.latticelift.learn.ensemble;

import org.latticelift.sim.system.Duration.StepLimit;

/**
 * Recorded times of one condition: {@code records} states, the first at time 0, equally spaced.
 *
 * @param horizon total scaled time
 * @param records recorded states including the first
 * @param steps integration steps between two records
 */
record TimeGrid(double horizon, int records, long steps) {
  private static final String WHERE = "ensemble.horizon, ensemble.step, ensemble.records";

  /** The coarsest grid whose step is at most {@code step} units. */
  static TimeGrid of(double horizon, double step, int records) {
    StepLimit.require(horizon, step, WHERE);
    double interval = horizon / (records - 1);
    long steps = Math.max(1, (long) Math.ceil(interval / step - 1e-9));
    TimeGrid grid = new TimeGrid(horizon, records, steps);
    StepLimit.require(horizon, (float) grid.step(), WHERE); // kernels step in single precision
    return grid;
  }

  /** Scaled length of a step. */
  double step() {
    return horizon / (records - 1) / steps;
  }

  /** Times of the records; the unit is that of scaled time. */
  double[] times(double unit) {
    double[] time = new double[records];
    for (int r = 0; r < records; r++) {
      time[r] = unit * horizon * r / (records - 1);
    }
    return time;
  }
}
