package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;

/** Draws that are the same for a bound of 32 bits as they always were, and go on beyond it. */
final class BoundedDraw {
  private BoundedDraw() {}

  /** A uniform number from 0 to bound - 1. */
  static long below(long bound, RandomStream stream) {
    return bound <= Integer.MAX_VALUE ? stream.below((int) bound) : stream.below(bound);
  }
}
