package org.latticelift.sim.parallel.communicator;

/** What is searched among the numbers of all ranks. */
public enum Extremum {
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX;

  /**
   * Applies it to two values.
   *
   * @param a one
   * @param b other
   * @return smaller or larger
   */
  public double of(double a, double b) {
    return this == MIN ? Math.min(a, b) : Math.max(a, b);
  }
}
