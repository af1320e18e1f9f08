package org.latticelift.sim.systems.line;

/** Fields on the sites of a line. */
public interface LineState {
  /** Number of sites. */
  int sites();

  /** The observables of some sites. */
  double[] means(ChainSegment part);

  /** Remembers the values of some sites. */
  Runnable kept(ChainSegment part);
}
