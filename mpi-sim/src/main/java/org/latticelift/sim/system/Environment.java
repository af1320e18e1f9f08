package org.latticelift.sim.system;

/** What surrounds a patch or window that evolves (ME-16, DI-03). */
public enum Environment {
  /** Everything evolves with it. */
  WHOLE,
  /** What is outside stands still, but is felt. */
  GHOST,
  /** A buffer around it evolves with it; what is further outside stands still. */
  BUFFER,
  /** It is closed on itself. */
  PERIODIC
}
