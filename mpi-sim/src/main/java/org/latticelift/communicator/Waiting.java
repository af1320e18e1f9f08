package org.latticelift.communicator;

import java.util.concurrent.locks.LockSupport;

/**
 * How a rank waits: it spins for some microseconds, then lets others run, then sleeps. A message
 * between ranks with a core each takes less than the spinning.
 */
final class Waiting {
  private static final int SPINS = 2_000;
  private static final int YIELDS = 4_000;
  private static final long SLEEP_NANOS = 50_000;

  private int pauses;

  /** One pause, longer each time. */
  void pause() {
    if (pauses < SPINS) {
      pauses++;
      Thread.onSpinWait();
    } else if (pauses < YIELDS) {
      pauses++;
      Thread.yield();
    } else {
      LockSupport.parkNanos(SLEEP_NANOS);
    }
  }
}
