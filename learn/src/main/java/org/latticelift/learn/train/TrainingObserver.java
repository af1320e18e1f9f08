package org.latticelift.learn.train;

/** Watches a training. */
interface TrainingObserver {
  /** An observer that does nothing. */
  TrainingObserver NONE = new TrainingObserver() {};

  /** After each epoch: loss and validation loss (NaN without validation). */
  default void epoch(int epoch, double loss, double validation) {}

  /** Every few epochs, before an orderly stop, and at the end. */
  default void checkpoint(TrainingState state) {}

  /**
   * Whether to stop now, asked before every batch; {@link #checkpoint} follows and the training
   * ends early.
   */
  default boolean stop() {
    return false;
  }
}
