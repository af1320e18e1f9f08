package org.latticelift.sim.simulate;

import org.latticelift.io.run.progress.Progress;

/**
 * Shows how many records there are.
 *
 * @param progress one step for each record of all runs
 */
record RecordProgress(Progress progress) implements RunObserver {
  @Override
  public void begins(int records) {
    progress.step(records);
  }

  @Override
  public void recorded(int records) {
    progress.step(1);
  }
}
