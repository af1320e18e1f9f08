package org.latticelift.sim.systems.line;

/** Fields on the sites of a line. */
public interface LineState {
  /**
   * Number of sites.
   *
   * @return n
   */
  int sites();

  /**
   * The observables of some sites.
   *
   * @param part which sites
   * @return mean of each field over them
   */
  double[] means(Segment part);

  /**
   * Remembers the values of some sites.
   *
   * @param part which sites
   * @return puts them back
   */
  Runnable kept(Segment part);
}
