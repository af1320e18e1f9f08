package org.latticelift.sim.systems.chain;

/**
 * Consecutive particles.
 *
 * @param from first one
 * @param to one past the last
 */
record Range(int from, int to) {
  static Range whole(Chain chain) {
    return new Range(0, chain.particles());
  }

  static Range patch(int particles, long patch) {
    int from = Math.toIntExact(patch * particles);
    return new Range(from, from + particles);
  }

  Range widened(int margin, Chain chain) {
    return new Range(Math.max(0, from - margin), Math.min(chain.particles(), to + margin));
  }

  int particles() {
    return to - from;
  }

  /** Whether every displacement is a number; what once is none stays so. */
  boolean finite(double[] x) {
    for (int i = from; i < to; i++) {
      if (!Double.isFinite(x[i])) {
        return false;
      }
    }
    return true;
  }

  double mean(double[] x) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += x[i];
    }
    return sum / particles();
  }
}
