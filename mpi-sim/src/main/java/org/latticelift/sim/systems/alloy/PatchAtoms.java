package org.latticelift.sim.systems.alloy;

/** The number of atoms that the bonds of a periodic patch are divided by (DI-55). */
public enum PatchAtoms {
  /** That of the whole lattice per patch. */
  GLOBAL,
  /** That of the patch itself. */
  OWN
}
