package org.latticelift.sim.system;

/** The windows in which an upsampled state is relaxed (ME-83). */
public enum Windows {
  /** Windows that overlap by half of their length. */
  OVERLAPPING,
  /** Windows without overlap, shifted by half of their length (AL-63). */
  SHIFTED,
  /** It is not relaxed. */
  NONE
}
