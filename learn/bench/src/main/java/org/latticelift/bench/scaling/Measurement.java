package org.latticelift.bench.scaling;

import org.latticelift.bench.speed.DistributedSpeed;

/**
 * One job of a series.
 *
 * @param series {@code strong}: the lattice of the configuration; {@code weak}: one for each rank
 * @param ranks number of ranks
 * @param speed what was measured, the median of the repeats by events per second
 */
public record Measurement(String series, int ranks, DistributedSpeed speed) {
  /** Series of one lattice that ranks share. */
  public static final String STRONG = "strong";

  /** Series of a lattice that grows with the ranks. */
  public static final String WEAK = "weak";

  /**
   * Efficiency against the job with one rank of the same study.
   *
   * @param one the job with one rank
   * @return events per second and rank, relative
   */
  public double efficiency(Measurement one) {
    return speed.eventsPerSecond() / ranks / one.speed.eventsPerSecond();
  }
}
