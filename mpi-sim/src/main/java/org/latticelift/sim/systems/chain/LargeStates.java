package org.latticelift.sim.systems.chain;

/** Where large states come from (LC-04). */
enum LargeStates {
  /** From snapshots of the small chain. */
  ENLARGED,
  /** From runs of the large chain itself. */
  SIMULATED
}
