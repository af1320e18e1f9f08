package org.latticelift.sim.lift;

/** How snapshots are drawn for large states. */
public enum DrawOrder {
  /** At random, with replacement (ME-82). */
  RANDOM,
  /** In a random order that uses each once before any twice (PP-17). */
  ONCE,
  /**
   * At random with replacement, at random times whose logarithm is spread evenly: every tenfold of
   * time gives as many. Runs may then last long beyond the transient without outnumbering it.
   */
  LOG_TIMES,
  /**
   * One half as {@link #RANDOM}, the other as {@link #LOG_TIMES}, by the toss of a coin: what is
   * stationary is known as well as the path to it (EX-57).
   */
  MIXED
}
