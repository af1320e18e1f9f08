package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.random.RandomStream;

/**
 * Records of nearly one age (AL-61).
 *
 * @param half width of the range of records (10 in AL-61); 0 for a 200th of all
 */
record RecordWindow(int half) {
  private static final float AUTO_PARTS = 200;

  /** A record in [record - w, record + w - 1], cut at the ends. */
  int near(int record, int records, RandomStream stream) {
    int w = half > 0 ? half : Math.max(1, Math.round(records / AUTO_PARTS));
    int first = Math.max(0, record - w);
    int last = Math.min(records - 1, record + w - 1);
    return first + stream.below(last - first + 1);
  }
}
