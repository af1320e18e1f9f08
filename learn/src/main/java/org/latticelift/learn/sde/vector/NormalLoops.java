package org.latticelift.learn.sde.vector;

/** Normal numbers of all lanes. */
interface NormalLoops {
  /** Fills pairs of rows, the first row at a given float. */
  void fill(int[] state, float[] m, int to, int lanes, int pairs, float deviation);
}
