package org.latticelift.learn.train.gradient;

/** Which parts of an SDE a training fits. */
public enum Fitted {
  /** Drift, diffusion and the embedding of the condition that they share. */
  ALL,
  /** The diffusion alone; the pairs hold residuals of a drift that is known. */
  DIFFUSION,
  /** The diffusion alone; the pairs hold differences of two evolutions, without a drift. */
  DIFFERENCES;

  /**
   * Whether the drift belongs to the residual.
   *
   * @return false where the increments are residuals already
   */
  public boolean drift() {
    return this == ALL;
  }
}
