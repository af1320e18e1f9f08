package org.latticelift.sim.lift;

/** Whether the generator is integrated along the evolutions (EX-05). */
public enum Compensators {
  /** Where they say more than as many pairs more for the same time. */
  AUTO,
  /** Always; an error where it is not known. */
  ON,
  /** Never. */
  OFF
}
