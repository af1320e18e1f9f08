package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * Collects the blocks of hops of one or several vacancies, lets the arithmetic work on them, and
 * hands out the barriers. Codes above the number of species are the caller's error.
 */
final class NetworkKernel implements BarrierKernel {
  private final int hops;
  private final int sites;
  private final HopBlocks[] hopBlocks;
  private final NetworkArithmetic arithmetic;
  private final int[] offsets = new int[NetworkArithmetic.MAX_BLOCKS];
  private final HopBlock[] blocks = new HopBlock[NetworkArithmetic.MAX_BLOCKS];
  private final float[] results = new float[NetworkArithmetic.MAX_BLOCKS * NetworkArithmetic.BLOCK];
  private final int[] oneBasis = new int[1];

  NetworkKernel(Crystal crystal, HopBlocks[] hopBlocks, NetworkArithmetic arithmetic) {
    this.hops = crystal.hopCount();
    this.sites = crystal.environmentSize();
    this.hopBlocks = hopBlocks;
    this.arithmetic = arithmetic;
  }

  @Override
  public void barriers(byte[] environment, int at, int basis, float[] barriers, int to) {
    oneBasis[0] = basis;
    evaluate(1, environment, at, oneBasis, barriers, to);
  }

  @Override
  public void barriers(int count, byte[] environments, int[] basis, float[] barriers) {
    evaluate(count, environments, 0, basis, barriers, 0);
  }

  private void evaluate(int count, byte[] codes, int at, int[] basis, float[] barriers, int to) {
    int perVacancy = hopBlocks[0].count();
    int all = count * perVacancy;
    for (int first = 0; first < all; first += NetworkArithmetic.MAX_BLOCKS) {
      int n = Math.min(NetworkArithmetic.MAX_BLOCKS, all - first);
      for (int b = 0; b < n; b++) {
        int vacancy = (first + b) / perVacancy;
        offsets[b] = at + vacancy * sites;
        blocks[b] = hopBlocks[basis[vacancy]].block((first + b) % perVacancy);
      }
      arithmetic.evaluate(n, codes, offsets, blocks, results);
      for (int b = 0; b < n; b++) {
        int vacancy = (first + b) / perVacancy;
        int d = (first + b) % perVacancy * NetworkArithmetic.BLOCK;
        hand(b, d, hopBlocks[basis[vacancy]], codes, barriers, to + vacancy * hops);
      }
    }
  }

  private void hand(
      int block, int firstHop, HopBlocks geometry, byte[] codes, float[] barriers, int to) {
    int last = Math.min(hops, firstHop + NetworkArithmetic.BLOCK);
    for (int d = firstHop; d < last; d++) {
      barriers[to + d] =
          geometry.blocked(d, codes, offsets[block])
              ? Float.POSITIVE_INFINITY
              : results[block * NetworkArithmetic.BLOCK + d - firstHop];
    }
  }
}
