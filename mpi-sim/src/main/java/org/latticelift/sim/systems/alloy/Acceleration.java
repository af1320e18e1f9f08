package org.latticelift.sim.systems.alloy;

/** How runs of fixed time get past jumps back and forth. */
public enum Acceleration {
  /** Jump by jump. */
  NONE,
  /** They are resolved at once, with exactly the same law. */
  FLICKER
}
