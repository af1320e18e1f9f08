package org.latticelift.learn.train.gradient;

/** What the diffusion is fitted to. The drift is always fitted to the increments. */
public enum Noise {
  /** The residuals of the increments (ME-36): drift and diffusion share one likelihood. */
  RESIDUALS,
  /**
   * The residuals and what a control variate has taken off the increments (EX-05), which is a
   * column of its own: the noise of the increments as they were.
   */
  RESTORED,
  /** Differences of twins over sqrt 2 (EX-04), a column of its own that has no drift. */
  TWINS;

  /** Whether samples have a column for it; false where the increments are all there is. */
  public boolean column() {
    return this != RESIDUALS;
  }
}
