package org.latticelift.sim.statistics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.distribution.continuous.TDistribution;

/** Half the width of a 95 % interval in standard errors that are estimates themselves. */
public final class StudentQuantile {
  private static final double LEVEL = 0.975;

  /** A curve asks for the same one at every record. */
  private static final Map<Double, Double> KNOWN = new ConcurrentHashMap<>();

  private StudentQuantile() {}

  /**
   * The 97.5 % quantile of Student's distribution ({@code freedom}: degrees of freedom of the
   * variance, not necessarily a whole number; at least 1); 12.7 for 1, 1.96 for many; NaN for less
   * than 1 or NaN.
   */
  public static double of(double freedom) {
    return freedom >= 1 ? KNOWN.computeIfAbsent(freedom, StudentQuantile::found) : Double.NaN;
  }

  private static double found(double freedom) {
    return new TDistribution(freedom).inverseCumulativeProbability(LEVEL);
  }
}
