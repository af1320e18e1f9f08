package org.latticelift.learn.train;

/** Whether pairs are also trained on as the symmetries of the system show them (EX-05). */
public enum Symmetries {
  /** Every pair and its mirror image, where the system has one. */
  AUTO,
  /** The pairs as they were made. */
  NONE
}
