package org.latticelift.learn.ensemble;

/** What happens when a predicted trajectory leaves all bounds (DI-32). */
public enum Divergence {
  /** The stage ends with an error. */
  ERROR,
  /** The trajectory is left out as a whole, and counted. */
  DROP
}
