package org.latticelift.sim.lift;

/** Which large states are stored to look at. */
public enum KeptStates {
  /** None. */
  NONE,
  /** Some per condition. */
  SAMPLE,
  /** All. */
  ALL
}
