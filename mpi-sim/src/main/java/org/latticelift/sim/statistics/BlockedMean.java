package org.latticelift.sim.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * The mean of correlated values of one or several runs, and its standard error by blocking (H.
 * Flyvbjerg and H. G. Petersen, J. Chem. Phys. 91 (1989) 461): values are averaged over blocks
 * whose length doubles until the block averages are independent.
 *
 * <p>The length is the smallest B with B^3 &gt; 2 n s^2, s being the statistical inefficiency that
 * this length shows; it balances what correlations between blocks hide against the noise of few
 * blocks (R. M. Lee and others, Phys. Rev. E 83 (2011) 066706). Blocks do not cross runs, and the
 * blocks of all runs are compared with their common mean, so runs that disagree raise the error.
 * The longest block is a whole run.
 *
 * @param mean arithmetic mean of all values
 * @param error standard error of the mean; NaN for fewer than two blocks
 * @param deviation standard deviation of single values
 * @param blocks number of blocks the error is based on
 * @param independent number of independent values, n / s
 * @param resolved whether the blocks are long enough and at least {@link #FEWEST_BLOCKS}; else the
 *     error is a lower bound
 */
public record BlockedMean(
    double mean, double error, double deviation, int blocks, double independent, boolean resolved) {

  /** With so few blocks the error itself is uncertain by a quarter. */
  public static final int FEWEST_BLOCKS = 8;

  /**
   * Analyses runs of the same process ({@code runs}: values at equal intervals, one array per run,
   * the same number in each; not modified).
   */
  public static BlockedMean of(List<double[]> runs) {
    int length = runs.get(0).length;
    if (length == 0 || runs.stream().anyMatch(run -> run.length != length)) {
      throw new IllegalArgumentException("runs must hold the same positive number of values");
    }
    double mean = runs.stream().flatMapToDouble(Arrays::stream).sum() / length / runs.size();
    double single = squaredError(runs, 1);
    if (!(single > 0)) {
      int count = length * runs.size();
      boolean enough = count >= FEWEST_BLOCKS;
      return new BlockedMean(mean, count > 1 ? 0 : Double.NaN, 0, count, count, enough);
    }
    int block = 1;
    while (!longEnough(block, squaredError(runs, block) / single, length * runs.size())
        && block < length) {
      block = Math.min(2 * block, length);
    }
    return of(runs, block, mean, single);
  }

  /**
   * Returns the standard error of the mean from blocks of a given length, for values that are known
   * to be correlated over less than it; NaN for fewer than two blocks.
   *
   * @param runs as in {@link #of(List)}
   * @param block length of a block, at most that of a run
   */
  public static double error(List<double[]> runs, int block) {
    return Math.sqrt(squaredError(runs, block));
  }

  private static BlockedMean of(List<double[]> runs, int block, double mean, double single) {
    int length = runs.get(0).length;
    long count = (long) length * runs.size();
    int blocks = length / block * runs.size();
    double squared = squaredError(runs, block);
    double inefficiency = squared / single;
    boolean independent = block == length || longEnough(block, inefficiency, count);
    return new BlockedMean(
        mean,
        Math.sqrt(squared),
        Math.sqrt(single * count),
        blocks,
        count / Math.max(1, inefficiency),
        independent && blocks >= FEWEST_BLOCKS);
  }

  private static boolean longEnough(double block, double inefficiency, long count) {
    return block * block * block > 2.0 * count * inefficiency * inefficiency;
  }

  /**
   * Variance of the block averages over the number of blocks that all values would fill; NaN for a
   * single block.
   */
  private static double squaredError(List<double[]> runs, int block) {
    double[] averages =
        runs.stream().flatMapToDouble(run -> Arrays.stream(averages(run, block))).toArray();
    double mean = Arrays.stream(averages).average().orElseThrow();
    double squares = Arrays.stream(averages).map(a -> (a - mean) * (a - mean)).sum();
    double count = (double) runs.get(0).length * runs.size();
    return squares / (averages.length - 1) * block / count;
  }

  /** Averages of consecutive blocks; what does not fill one is left out at the beginning. */
  private static double[] averages(double[] run, int block) {
    double[] averages = new double[run.length / block];
    int first = run.length % block;
    for (int b = 0; b < averages.length; b++) {
      double sum = 0;
      for (int i = 0; i < block; i++) {
        sum += run[first + b * block + i];
      }
      averages[b] = sum / block;
    }
    return averages;
  }
}
