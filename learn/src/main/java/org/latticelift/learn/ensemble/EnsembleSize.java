package org.latticelift.learn.ensemble;

import org.latticelift.io.error.LatticeLiftException;

/**
 * How many numbers the trajectories of one condition are. An array holds all of them, and another
 * one the bytes of a block.
 *
 * @param models parameter sets
 * @param trajectories per parameter set
 * @param records stored states including the first
 * @param observables of a state
 * @param levels stored quantiles
 * @param block trajectories that are integrated together
 */
record EnsembleSize(
    int models, int trajectories, int records, int observables, int levels, int block) {
  /** Longest array of every virtual machine. */
  private static final double LONGEST = Integer.MAX_VALUE - 8;

  private static final int BYTES_PER_STATISTIC = 8;

  /** Refuses what no array can hold. */
  void require() {
    if (longest() > LONGEST) {
      throw LatticeLiftException.badData(
          trajectories
              + " trajectories of "
              + models
              + " models with "
              + records
              + " records of "
              + observables
              + " observables",
          "ensemble.trajectories, ensemble.records",
          "models x trajectories x records x observables, records x observables x quantiles and"
              + " the bytes of a block of trajectories below 2^31",
          "Lower one of them");
    }
  }

  /** Products of such numbers exceed what an integer holds; a double is precise enough here. */
  private double longest() {
    double state = (double) records * observables;
    double bytesOfBlock = (double) Float.BYTES * Math.min(block, trajectories);
    double statistics = Math.max(levels, models);
    return state * Math.max((double) models * trajectories, Math.max(bytesOfBlock, statistics));
  }

  /** Bytes of all trajectories of a condition and of their statistics. */
  double memory() {
    double state = (double) records * observables;
    double values = (double) models * trajectories * Float.BYTES;
    return state * (values + (double) BYTES_PER_STATISTIC * (levels + 2L * models + 2));
  }
}
