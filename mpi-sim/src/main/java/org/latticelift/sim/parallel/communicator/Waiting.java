package org.latticelift.sim.parallel.communicator;

import java.util.concurrent.locks.LockSupport;

/**
 * How a rank waits: it spins for some microseconds, then lets others run, then sleeps. A message
 * between ranks with a core each takes less than the spinning.
 */
final class Waiting {
  private static final int SPINS = 2_000;
  private static final int YIELDS = 4_000;
  private static final long SHORTEST_SLEEP_NANOS = 50_000;
  private static final long LONGEST_SLEEP_NANOS = 1_000_000;
  private static final int LATENESS = 16;

  private int pauses;
  private long begin;

  /** Late by at most a sixteenth of the time that it has waited, and one millisecond. */
  private void sleep() {
    long now = System.nanoTime();
    if (begin == 0) {
      begin = now;
    }
    long nanos = (now - begin) / LATENESS;
    LockSupport.parkNanos(Math.max(SHORTEST_SLEEP_NANOS, Math.min(nanos, LONGEST_SLEEP_NANOS)));
  }

  /** One pause, longer each time. */
  void pause() {
    if (pauses < SPINS) {
      pauses++;
      Thread.onSpinWait();
    } else if (pauses < YIELDS) {
      pauses++;
      Thread.yield();
    } else {
      sleep();
    }
  }
}
