package org.latticelift.learn.certificate;

import java.util.Arrays;

/**
 * The states that a corrected equation may reach, in scaled variables: those of the pairs and of
 * the prediction, and half as much again on both sides. Nobody knows an equation farther out. A
 * correction may drive it there, and an explicit step may then grow without bound; at the border a
 * state stays where it is, so that a bias remains a number that is at least so large.
 *
 * @param low d
 * @param high d
 */
record StateRange(double[] low, double[] high) {
  private static final double MARGIN = 0.5;

  /** Of the start of trajectories, and of the states before increments. */
  static StateRange of(Increments increments, double[] start) {
    return new StateRange(start, start).with(increments.state());
  }

  /**
   * With further states.
   *
   * @param states [n,d]
   */
  StateRange with(double[] states) {
    int d = low.length;
    double[] least = low.clone();
    double[] most = high.clone();
    for (int k = 0; k < states.length; k++) {
      least[k % d] = Math.min(least[k % d], states[k]);
      most[k % d] = Math.max(most[k % d], states[k]);
    }
    return new StateRange(least, most);
  }

  /** Half as much again on both sides. */
  StateRange wider() {
    double[] least = low.clone();
    double[] most = high.clone();
    for (int i = 0; i < least.length; i++) {
      double more = MARGIN * (high[i] - low[i]);
      least[i] -= more;
      most[i] += more;
    }
    return new StateRange(least, most);
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
