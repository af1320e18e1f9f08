package org.latticelift.learn.closure;

/**
 * Closure variables of all pairs, each [N, dim] row-major.
 *
 * @param before of the large states
 * @param after those plus the change of the patch (ME-17)
 * @param patchBefore of the patches alone
 * @param patchAfter of the patches alone after their evolution (ME-18)
 */
record PairClosures(double[] before, double[] after, double[] patchBefore, double[] patchAfter) {
  /** From what an encoder makes of states and patches. */
  static PairClosures of(double[] before, double[] patchBefore, double[] patchAfter) {
    double[] after = before.clone();
    for (int i = 0; i < after.length; i++) {
      after[i] += patchAfter[i] - patchBefore[i];
    }
    return new PairClosures(before, after, patchBefore, patchAfter);
  }
}
