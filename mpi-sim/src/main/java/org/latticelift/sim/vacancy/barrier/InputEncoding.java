package org.latticelift.sim.vacancy.barrier;

/** How the species of an environment site enters a network. */
public enum InputEncoding {
  /** The species number itself as a real number, vacancy 0 (AL-12). */
  CODE,
  /** One input per site and species, vacancy all zero (CN-01). */
  ONE_HOT
}
