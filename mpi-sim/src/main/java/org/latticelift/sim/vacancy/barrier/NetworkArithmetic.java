package org.latticelift.sim.vacancy.barrier;

/**
 * The arithmetic of a network for blocks of eight rows, one row per hop. Holds a workspace, so one
 * object serves one thread; allocates nothing per call.
 */
public interface NetworkArithmetic {
  /** Rows of a block; a row's place in its block does not influence its bits. */
  int BLOCK = 8;

  /** Most blocks of one call: their activations stay in the first-level cache. */
  int MAX_BLOCKS = 4;

  /**
   * Evaluates blocks of rows: row r of block b sees at canonical position k the code {@code
   * codes[offsets[b] + hops[b].labSites()[8 k + r]]}.
   *
   * @param blocks number of blocks, at most {@link #MAX_BLOCKS}
   * @param codes environments in lab order; not modified
   * @param offsets for each block where its environment begins
   * @param hops for each block which hops its rows are
   * @param barriers filled with 8 results per block, eV
   */
  void evaluate(int blocks, byte[] codes, int[] offsets, HopBlock[] hops, float[] barriers);
}
