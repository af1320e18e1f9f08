package org.latticelift.io.testing;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;

/** Progress that is not shown but watched. */
public record WatchedProgress(LongConsumer watcher) implements Progress {
  /** Requests a stop when some units are done, counted over all displays; never for 0 units. */
  public static ProgressFactory stopAfter(long units, StopSignal stop) {
    AtomicLong done = new AtomicLong();
    return (label, total) ->
        new WatchedProgress(
            n -> {
              if (done.addAndGet(n) >= units && units > 0) {
                stop.request();
              }
            });
  }

  @Override
  public void step(long n) {
    watcher.accept(n);
  }

  @Override
  public void message(String s) {}

  @Override
  public void close() {}
}
