package org.latticelift.sim.simulate;

/** A run that stands between two pieces of its way. */
interface SavableRun {
  /**
   * Puts on disk where the run stands and what it recorded since it was saved last; nothing where
   * that is there already.
   */
  void save();
}
