package org.latticelift.sim.lift;

import java.util.stream.IntStream;

/**
 * Balanced halves of the runs of a condition. Runs are dealt into eight blocks, and a half is the
 * blocks that have one sign in a row of a Hadamard matrix; the blocks of the other sign are the
 * half beside it. Any two halves of different rows share half of their runs, so models that are
 * trained on halves lie as far apart as all runs together are uncertain (P. J. McCarthy, Rev. Int.
 * Stat. Inst. 37 (1969) 239), while a state may still be the mean of as many runs as a half has.
 *
 * @param blocks number of blocks, a power of two; 0 without halves
 */
public record RunHalves(int blocks) {
  /** No halves. */
  public static final RunHalves NONE = new RunHalves(0);

  private static final int BLOCKS = 8;

  /** Fewer would not show how runs scatter within a half. */
  private static final int FEWEST_RUNS_OF_HALF = 4;

  /** The halves of some runs; none where one would have fewer than four. */
  static RunHalves of(int runs) {
    return runs < 2 * FEWEST_RUNS_OF_HALF ? NONE : new RunHalves(BLOCKS);
  }

  /** Number of halves, each row of the matrix with both signs; 0 without. */
  public int count() {
    return blocks == 0 ? 0 : 2 * (blocks - 1);
  }

  /**
   * The half of a resample, by its number: one of each row, as that beside it says nothing new of
   * the spread. Of the first row it is the other one, or the first block would be in all of them.
   */
  public int ofResample(int number) {
    int row = number % (count() / 2);
    return row == 0 ? 1 : 2 * row;
  }

  /** The half that has all other runs. */
  public static int other(int half) {
    return half ^ 1;
  }

  /** Whether a run belongs to a half. */
  boolean has(int half, int run) {
    int row = half / 2 + 1;
    return Integer.bitCount(row & run % blocks) % 2 == half % 2;
  }

  /** The runs of a half, ascending. */
  int[] runs(int half, int all) {
    return IntStream.range(0, all).filter(run -> has(half, run)).toArray();
  }
}
