package org.latticelift.sim.simulate;

import java.util.function.LongSupplier;
import org.latticelift.io.run.task.StopSignal;

/** Saves a run when it is time, at its end, and before a request to stop ends it. */
final class Checkpoints implements RunObserver {
  private static final double NANOS = 1e9;

  private final StopSignal stop;
  private final double everySeconds;
  private final LongSupplier clock;
  private long saved;

  /**
   * @param clock in ns
   */
  Checkpoints(StopSignal stop, double everySeconds, LongSupplier clock) {
    this.stop = stop;
    this.everySeconds = everySeconds;
    this.clock = clock;
  }

  @Override
  public void begins(int records) {
    saved = clock.getAsLong();
  }

  @Override
  public void paused(SavableRun run) {
    if (stop.requested() || clock.getAsLong() - saved > NANOS * everySeconds) {
      run.save();
      saved = clock.getAsLong();
    }
    stop.check();
  }

  @Override
  public void ends(SavableRun run) {
    run.save();
  }
}
