package org.latticelift.sim.systems.alloy;

/** The levels in which a lattice is enlarged (DI-19). */
public enum Hierarchy {
  /** A factor 2 per axis and level. */
  DOUBLING,
  /** One level. */
  DIRECT
}
