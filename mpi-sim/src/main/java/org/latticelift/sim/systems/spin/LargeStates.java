package org.latticelift.sim.systems.spin;

/** Where large states come from. */
public enum LargeStates {
  /** From snapshots of the small lattice (ME-80). */
  ENLARGED,
  /** From runs of the large lattice itself, as a test of what upsampling leaves out. */
  SIMULATED,
  /** From equilibrium, drawn by cluster flips of the large lattice. */
  EQUILIBRIUM
}
