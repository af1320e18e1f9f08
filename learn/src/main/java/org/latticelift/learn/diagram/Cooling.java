package org.latticelift.learn.diagram;

/**
 * An even cooling from the highest to the lowest condition.
 *
 * @param rate change of the condition per unit of time, of the clock of the map
 * @param end mean of the observables at its end, [m]
 * @param halfWidth of their 95 % intervals; NaN where there is none, [m]
 */
record Cooling(double rate, double[] end, double[] halfWidth) {
  /** Share of the difference between hot and cold order that is left: 1 in the fastest cooling. */
  double kept(int component, double hot, double cold) {
    return (end[component] - cold) / (hot - cold);
  }
}
