package org.latticelift.sim.parallel.tasks;

import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;

/** The progress of all ranks, shown by the first: what others report goes to the display in use. */
final class SharedProgress implements ProgressFactory {
  private ProgressFactory shown = ProgressFactory.quiet();
  private volatile Progress current = ProgressFactory.quiet().start("", 0);

  void show(ProgressFactory factory) {
    shown = factory;
  }

  @Override
  public Progress start(String label, long total) {
    Progress display = shown.start(label, total);
    current = new AllRanks(display);
    return current;
  }

  Progress current() {
    return current;
  }

  /**
   * A display for all ranks. It does not take one rank's estimate of the time that is left, which
   * knows nothing of what others do; the share of finished units is taken instead.
   */
  private record AllRanks(Progress display) implements Progress {
    @Override
    public synchronized void step(long n) {
      display.step(n);
    }

    @Override
    public synchronized void step(long n, String state) {
      display.step(n, state);
    }

    @Override
    public synchronized void message(String s) {
      display.message(s);
    }

    @Override
    public synchronized void close() {
      display.close();
    }
  }
}
