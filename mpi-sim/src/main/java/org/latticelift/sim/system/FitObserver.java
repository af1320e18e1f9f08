package org.latticelift.sim.system;

/** Sees a fit of a {@link FittedUpsampling} at work; may end it by an exception. */
@FunctionalInterface
public interface FitObserver {
  /** Sees nothing. */
  FitObserver NONE = (group, groups, stage, stages) -> {};

  /**
   * The fit of one stage of the relaxation begins.
   *
   * @param group from 1 on; 0: all runs
   * @param groups their number
   * @param stage from 1 on
   * @param stages their number
   */
  void begins(int group, int groups, int stage, int stages);
}
