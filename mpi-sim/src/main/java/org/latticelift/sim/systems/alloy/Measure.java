package org.latticelift.sim.systems.alloy;

/** How a large lattice is observed (DI-47). */
public enum Measure {
  /** All its bonds. */
  LATTICE,
  /** The mean over its tiles, each closed on itself. */
  TILE_MEAN
}
