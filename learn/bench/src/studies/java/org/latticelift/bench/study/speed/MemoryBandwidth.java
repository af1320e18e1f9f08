package org.latticelift.bench.study.speed;

import org.latticelift.bench.speed.Rates;

/** What one core reads and writes per second when it copies more than its caches hold. */
public final class MemoryBandwidth {
  private static final int BYTES = 128 << 20;
  private static final int COPIES = 9;
  private static final double NANOS = 1e9;

  private MemoryBandwidth() {}

  /**
   * Measures it with processor time of this thread; a quarter of a second and 256 MiB; bytes read
   * plus bytes written per second, the best of several copies.
   */
  public static double measure() {
    byte[] from = new byte[BYTES];
    byte[] to = new byte[BYTES];
    double best = 0;
    for (int i = 0; i < COPIES; i++) {
      long start = Rates.nanos();
      System.arraycopy(from, 0, to, 0, BYTES);
      best = Math.max(best, 2 * BYTES * NANOS / (Rates.nanos() - start));
    }
    return best;
  }
}
