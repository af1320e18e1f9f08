package org.latticelift.learn.closure;

/** Watches a training of an autoencoder. */
interface ClosureObserver {
  /** An observer that does nothing. */
  ClosureObserver NONE = new ClosureObserver() {};

  /** The training begins, or goes on after so many epochs. */
  default void begins(int epochs) {}

  /** An epoch ended with this mean reconstruction error. */
  default void epoch(double loss) {}

  /** After every epoch, and before an orderly stop. */
  default void checkpoint(AutoencoderTraining training) {}

  /** Whether to stop now, asked before every batch of a training. */
  default boolean stop() {
    return false;
  }
}
