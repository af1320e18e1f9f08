package org.latticelift.sim.lift;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Evolutions of upsampled states as a whole, from which kappa is measured (EX-03).
 *
 * @param z0 observables before, [n,m] row-major
 * @param z1 observables after, [n,m]
 * @param dt durations, [n]
 * @param condition position among the conditions, [n]
 */
public record JointPairs(double[] z0, double[] z1, double[] dt, int[] condition) {
  /** Not one. */
  public static final JointPairs NONE =
      new JointPairs(new double[0], new double[0], new double[0], new int[0]);

  /**
   * Number of evolutions.
   *
   * @return n
   */
  public int count() {
    return dt.length;
  }

  static JointPairs join(List<JointPairs> parts) {
    return new JointPairs(
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.z0)).toArray(),
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.z1)).toArray(),
        parts.stream().flatMapToDouble(p -> DoubleStream.of(p.dt)).toArray(),
        parts.stream().flatMapToInt(p -> IntStream.of(p.condition)).toArray());
  }
}
