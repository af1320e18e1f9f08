package org.latticelift.learn.barrierfit;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;

/** Requests a stop after a number of steps. */
final class StoppingProgress implements Progress {
  private final StopSignal stop;
  private long left;

  private StoppingProgress(long steps, StopSignal stop) {
    this.left = steps;
    this.stop = stop;
  }

  static ProgressFactory after(long steps, StopSignal stop) {
    return (label, total) -> new StoppingProgress(steps, stop);
  }

  @Override
  public void step(long n) {
    left -= n;
    if (left <= 0) {
      stop.request();
    }
  }

  @Override
  public void message(String s) {
    // Nothing to show.
  }

  @Override
  public void close() {
    // Nothing to end.
  }
}
