package org.latticelift.sim.parallel.tasks;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;

/** The progress of a rank that shows nothing itself: kept until the next report to the first. */
final class RelayedProgress implements ProgressFactory, Progress {
  private final AtomicLong steps = new AtomicLong();
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private volatile String state = "";

  @Override
  public Progress start(String label, long total) {
    return this;
  }

  @Override
  public void step(long n) {
    steps.addAndGet(n);
  }

  @Override
  public void step(long n, String words) {
    steps.addAndGet(n);
    state = words;
  }

  @Override
  public void message(String s) {
    messages.add(s);
  }

  @Override
  public void close() {
    // The first rank ends the display.
  }

  long takeSteps() {
    return steps.getAndSet(0);
  }

  String takeState() {
    String words = state;
    state = "";
    return words;
  }

  /** The next message, or null. */
  String takeMessage() {
    return messages.poll();
  }
}
