package org.latticelift.learn.closure;

/**
 * Closure variables of all pairs, each [N, dim] row-major.
 *
 * @param before of the large states
 * @param after those plus the mean change of the patches (ME-17, EX-01)
 * @param patchBefore of the first patches alone
 * @param patchAfter of the first patches alone after their evolution (ME-18)
 * @param twin those before plus the change of the first patch in another evolution (EX-04); empty
 *     where there is none
 */
record PairClosures(
    double[] before, double[] after, double[] patchBefore, double[] patchAfter, double[] twin) {
  /**
   * From what an encoder makes of states and patches.
   *
   * @param dim closure variables
   * @param before [N, dim]
   * @param patchBefore [N, M, dim]
   * @param patchAfter [N, M, dim]
   * @param twinAfter [N, dim], or empty
   */
  static PairClosures of(
      int dim, double[] before, double[] patchBefore, double[] patchAfter, double[] twinAfter) {
    int patches = patchBefore.length / before.length;
    double[] after = before.clone();
    double[] first = new double[before.length];
    double[] firstAfter = new double[before.length];
    double[] twin = twinAfter.length == 0 ? twinAfter : before.clone();
    for (int i = 0; i < after.length; i++) {
      int at = i / dim * patches * dim + i % dim;
      double change = 0;
      for (int k = 0; k < patches; k++) {
        change += patchAfter[at + k * dim] - patchBefore[at + k * dim];
      }
      after[i] += change / patches;
      first[i] = patchBefore[at];
      firstAfter[i] = patchAfter[at];
      if (twin.length > 0) {
        twin[i] += twinAfter[i] - first[i];
      }
    }
    return new PairClosures(before, after, first, firstAfter, twin);
  }
}
