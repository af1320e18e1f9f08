package org.latticelift.sim.lift;

import org.latticelift.io.config.AutoNumber;

/**
 * How many pairs are committed at once: a number, or {@code auto} for a sixteenth of those of a
 * condition, and no more than 500. The more, the fewer files; the fewer, the more threads and ranks
 * have work, and the less is made again after a kill, where a pair takes seconds.
 */
final class ShardSize {
  private static final int MOST = 500;
  private static final int PARTS = 16;

  private ShardSize() {}

  /**
   * The number for a condition.
   *
   * @param samples its pairs
   * @return at least 1
   */
  static int of(AutoNumber wanted, int samples) {
    return wanted.orElse(Math.min(MOST, (samples + PARTS - 1) / PARTS));
  }
}
