package org.latticelift.sim.vacancy.order;

import org.latticelift.sim.vacancy.order.BondCounts.PaddedBondCount;

/**
 * The inner loops of {@link PaddedBondCount} over whole vectors of bytes. Found by {@link
 * java.util.ServiceLoader}. All ranges are extended to a multiple of {@link #step} bytes, for which
 * the arrays must have room; results are integers, so they do not depend on the step.
 */
public interface BondArithmetic {
  /** Bytes that are handled at once; 8 or more. */
  int step();

  /**
   * Marks two species: a site of the first counts 1, of the second 16 ({@code codes}: not modified;
   * {@code to}: after the last site).
   */
  void mark(byte[] codes, int from, int to, int first, int second, byte[] marks);

  /**
   * Adds up the marks of the neighbours of every owner: two numbers up to 15 in one byte.
   *
   * @param marks not modified
   * @param to after the last site
   * @param shifts where the neighbours are, by basis position of the owner; 1 to 15 each
   * @param owners by basis position: -1 for an owner of that position, else 0
   * @param sums filled in the range, 0 where no owner is
   */
  void sum(byte[] marks, int from, int to, int[][] shifts, byte[][] owners, byte[] sums);

  /**
   * Adds up the sums of all sites of one species.
   *
   * @param codes not modified
   * @param sums from {@link #sum}
   * @param to after the last site
   * @return the sum of the low halves of the bytes, plus that of the high halves shifted left by 32
   *     bits
   */
  long total(byte[] codes, byte[] sums, int from, int to, int species);
}
