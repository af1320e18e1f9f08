package org.latticelift.learn.certificate;

import java.util.Arrays;

/**
 * The states that a corrected equation may reach, in scaled variables: those of the pairs and the
 * start, and half as much again on both sides. Nobody knows an equation farther out. A correction
 * may drive it there, and an explicit step may then grow without bound; at the border a state stays
 * where it is, so that a bias remains a number that is at least so large.
 *
 * @param low d
 * @param high d
 */
record StateRange(double[] low, double[] high) {
  private static final double MARGIN = 0.5;

  /**
   * Of increments.
   *
   * @param start of trajectories, d
   */
  static StateRange of(Increments increments, double[] start) {
    double[] low = start.clone();
    double[] high = start.clone();
    int d = start.length;
    for (int k = 0; k < increments.state().length; k++) {
      low[k % d] = Math.min(low[k % d], increments.state()[k]);
      high[k % d] = Math.max(high[k % d], increments.state()[k]);
    }
    for (int i = 0; i < d; i++) {
      double more = MARGIN * (high[i] - low[i]);
      low[i] -= more;
      high[i] += more;
    }
    return new StateRange(low, high);
  }

  /** Without limits. */
  static StateRange everything(int variables) {
    double[] high = new double[variables];
    Arrays.fill(high, Float.MAX_VALUE);
    return new StateRange(Arrays.stream(high).map(x -> -x).toArray(), high);
  }

  /** The nearest value of a variable within. */
  float within(int variable, float value) {
    return (float) Math.max(low[variable], Math.min(high[variable], value));
  }
}
