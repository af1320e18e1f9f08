package org.latticelift.sim.systems.spin;

/** Where large states come from. */
public enum LargeStates {
  /** From snapshots of the small lattice (ME-80). */
  ENLARGED,
  /** Of largest entropy, with magnetisation and effective coupling of a snapshot (EX-23). */
  MAXENT,
  /** From runs of the large lattice itself, as a test of what upsampling leaves out. */
  SIMULATED,
  /** From equilibrium, drawn by cluster flips of the large lattice. */
  EQUILIBRIUM;

  /**
   * Whether they are made of small states, with nothing known of the large lattice.
   *
   * @return false where the large lattice itself is simulated
   */
  public boolean ofSmallOnes() {
    return this == ENLARGED || this == MAXENT;
  }
}
