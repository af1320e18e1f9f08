package org.latticelift.learn.train;

/**
 * What the states before and after are taken to be (ME-17, ME-18, EX-01); independent of kappa
 * (ME-21).
 */
public enum PairForm {
  /** The state before plus the mean change of the patches that evolved. */
  INCREMENT,
  /** The state before plus the change of the first patch alone. */
  ONE_PATCH,
  /** The first patch after its evolution, which differs from the whole by more than a change. */
  NAIVE,
  /**
   * The first patch before and after its evolution: the equation of a small system, whose noise
   * over sqrt K is that of the large one with {@code kappa: K} (EX-34).
   */
  PATCH;

  /** Whether the states are those of a patch, so that whole increments say nothing of them. */
  boolean ofPatch() {
    return this == NAIVE || this == PATCH;
  }

  /** Whether pairs are also trained on as the symmetries of the system show them (EX-05). */
  public enum Symmetries {
    /** Every pair and its mirror image, where the system has one. */
    AUTO,
    /** The pairs as they were made. */
    NONE
  }
}
