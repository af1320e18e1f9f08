package org.latticelift.sim.system;

import java.util.Arrays;

/**
 * The result of evolving patches of a large state together (EX-02, EX-03): unlike partial
 * evolutions, their increments may be correlated.
 *
 * @param patches indices of the patches that moved
 * @param increments change of the observables of each of them, one row per patch
 * @param increment mean of these rows; that of the whole where all patches moved
 * @param compensator that of the mean, as in {@link PartialEvolution#compensator}; empty unless
 *     asked for
 * @param events number of events
 * @param time duration
 */
public record JointEvolution(
    long[] patches,
    double[][] increments,
    double[] increment,
    double[] compensator,
    long events,
    double time) {
  /**
   * Averages the increments of patches.
   *
   * @param patches indices of the patches that moved
   * @param increments change of the observables of each of them
   * @param compensator of their mean, or empty
   * @param made events and duration
   * @return the result with the mean in the order of the patches
   */
  public static JointEvolution of(
      long[] patches, double[][] increments, double[] compensator, Progression made) {
    double[] mean = new double[increments[0].length];
    for (double[] increment : increments) {
      Arrays.setAll(mean, i -> mean[i] + increment[i]);
    }
    Arrays.setAll(mean, i -> mean[i] / increments.length);
    return new JointEvolution(patches, increments, mean, compensator, made.events(), made.time());
  }
}
