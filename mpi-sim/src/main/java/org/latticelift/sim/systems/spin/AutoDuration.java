package org.latticelift.sim.systems.spin;

/** What a duration of a partial evolution that is left to the program means (DI-11). */
public enum AutoDuration {
  /** The mean time of one flip per site. */
  TIME,
  /** Exactly one flip per site, however long it takes. */
  FLIPS
}
