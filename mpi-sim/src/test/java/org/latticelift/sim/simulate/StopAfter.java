package org.latticelift.sim.simulate;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;

/** Asks to stop after some steps. */
final class StopAfter implements ProgressFactory {
  private final StopSignal stop;
  private final int steps;
  private int made;

  StopAfter(StopSignal stop, int steps) {
    this.stop = stop;
    this.steps = steps;
  }

  @Override
  public Progress start(String label, long total) {
    return new Progress() {
      @Override
      public void step(long n) {
        made += (int) n;
        if (made >= steps) {
          stop.request();
        }
      }

      @Override
      public void message(String s) {
        // not shown
      }

      @Override
      public void close() {
        // nothing held
      }
    };
  }
}
