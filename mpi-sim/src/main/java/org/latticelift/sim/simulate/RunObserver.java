package org.latticelift.sim.simulate;

import java.util.List;

/**
 * Told how a run gets on. Checkpoints, requests to stop, times and progress are observers; the loop
 * that makes the run knows none of them. An exception of an observer ends the run.
 */
interface RunObserver {
  /**
   * The run begins, or goes on.
   *
   * @param records that it has already, after the initial one
   */
  default void begins(int records) {}

  /**
   * A record was made.
   *
   * @param records so many by now, after the initial one
   */
  default void recorded(int records) {}

  /** A piece of the way to the next record was made. Here, and nowhere else, a run can be saved. */
  default void paused(SavableRun run) {}

  /** All records were made; the run may be saved. */
  default void ends(SavableRun run) {}

  /** All of some observers, told one after the other. */
  static RunObserver all(RunObserver... observers) {
    return new All(List.of(observers));
  }

  /**
   * Several as one.
   *
   * @param observers in the order in which they are told
   */
  record All(List<RunObserver> observers) implements RunObserver {
    @Override
    public void begins(int records) {
      observers.forEach(each -> each.begins(records));
    }

    @Override
    public void recorded(int records) {
      observers.forEach(each -> each.recorded(records));
    }

    @Override
    public void paused(SavableRun run) {
      observers.forEach(each -> each.paused(run));
    }

    @Override
    public void ends(SavableRun run) {
      observers.forEach(each -> each.ends(run));
    }
  }
}
