package org.latticelift.learn.ensemble;

/** Watches the integration of a block of trajectories. */
interface BlockObserver {
  /**
   * Whether it wants to be told how far the block has come, asked between pieces of the work: to
   * tell it costs a copy of all that was made.
   */
  boolean due();

  /** So far the block has come; an exception ends it. */
  void reached(BlockPosition position);
}
