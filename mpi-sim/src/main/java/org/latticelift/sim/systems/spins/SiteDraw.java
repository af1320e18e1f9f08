package org.latticelift.sim.systems.spins;

import org.latticelift.sim.random.RandomStream;

/** One way to find the site that flips next; all obey the same law w_i/R. */
interface SiteDraw {
  /**
   * Makes flips. Fewer than asked for, with the clock before the stop, means that this way cannot
   * go on from here; what comes next in the stream is then still unused.
   *
   * @param events flips at most
   * @param stop time that no flip may pass; the clock is set to it when one would
   * @param stream randomness: per flip one waiting time, then the site
   */
  int run(int events, double from, double stop, RandomStream stream);

  /** The clock after the last call of {@link #run}. */
  double time();

  /** The site of the last flip of the last call of {@link #run} that made one. */
  int lastSite();
}
