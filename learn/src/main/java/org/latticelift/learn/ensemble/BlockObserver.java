package org.latticelift.learn.ensemble;

/** Watches the integration of a block of trajectories. */
interface BlockObserver {
  /**
   * Whether it wants to be told how far the block has come, asked between pieces of the work: to
   * tell it costs a copy of all that was made.
   */
  boolean due();

  /**
   * The share of the block that is done, told between pieces of the work.
   *
   * @param done 0 to 1
   */
  default void advanced(double done) {}

  /** So far the block has come; an exception ends it. */
  void reached(BlockPosition position);
}
