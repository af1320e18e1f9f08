package org.latticelift.learn.ensemble;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;

/** Requests a stop after some steps of progress. */
record StopAfter(StopSignal stop, int steps) implements ProgressFactory {
  @Override
  public Progress start(String label, long total) {
    return new Progress() {
      private long done;

      @Override
      public void step(long n) {
        done += n;
        if (done >= steps) {
          stop.request();
        }
      }

      @Override
      public void message(String s) {}

      @Override
      public void close() {}
    };
  }
}
