package org.latticelift.sim.simulate;

/** When a run is recorded (DI-53). */
public enum Sampling {
  /** At equal times. */
  TIME,
  /** After equal numbers of events. */
  EVENTS
}
