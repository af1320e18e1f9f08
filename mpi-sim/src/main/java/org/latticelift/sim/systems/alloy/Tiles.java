package org.latticelift.sim.systems.alloy;

/** What the tiles of an enlarged lattice are. */
public enum Tiles {
  /** Copies of one periodic block (Algorithm 1). */
  REPLICATE,
  /** Blocks that are drawn independently (AL-61). */
  INDEPENDENT,
  /** None: states of largest entropy with the pairs of a record (EX-21). */
  MAXENT
}
