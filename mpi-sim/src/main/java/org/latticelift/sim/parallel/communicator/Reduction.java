package org.latticelift.sim.parallel.communicator;

/** What is done with the integers of all ranks. */
public enum Reduction {
  /** Their sum, modulo 2^64. */
  SUM,
  /** The smallest. */
  MIN,
  /** The largest. */
  MAX;

  /**
   * Applies it to two values.
   *
   * @param a one
   * @param b other
   * @return sum, smaller or larger
   */
  public long of(long a, long b) {
    return switch (this) {
      case SUM -> a + b;
      case MIN -> Math.min(a, b);
      case MAX -> Math.max(a, b);
    };
  }
}
