package org.latticelift.bench.speed;

/**
 * One state measured.
 *
 * @param plain jumps per second of processor time, one by one
 * @param resolved the same with flicker resolved
 * @param states mean states of a basin
 * @param jumpsPerPassage jumps resolved at once
 * @param share share of the jumps that were resolved
 * @param evaluations barriers evaluated per passage: new states that the cache does not have
 */
record FlickerSample(
    double plain,
    double resolved,
    double states,
    double jumpsPerPassage,
    double share,
    double evaluations) {
  double ratio() {
    return resolved / plain;
  }

  /** The ratio if a passage cost no more than one plain jump and the barriers of a new state. */
  double ceiling(double evaluationsPerSecond) {
    return jumpsPerPassage / plain / (1 / plain + evaluations / evaluationsPerSecond);
  }
}
