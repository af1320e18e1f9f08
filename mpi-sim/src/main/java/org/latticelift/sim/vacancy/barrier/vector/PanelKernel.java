package org.latticelift.sim.vacancy.barrier.vector;

/**
 * The inner loops of a network, for one panel of columns at a time. From one row of activations to
 * the next it is a fixed number of floats, and a block has eight rows.
 */
interface PanelKernel {
  /**
   * Bias plus the table rows of all pairs, for a block and a panel of two vectors.
   *
   * @param rows for each pair of lab sites where its row begins among those of a pair of positions
   * @param pairs the pair of lab sites of each pair of positions and row
   * @param panel table, one row per pair of positions and pair of codes
   * @param step floats from one pair of positions to the next
   * @param y results, row by row
   */
  void table(int[] rows, int[] pairs, WeightPanel panel, int step, float[] y, int to);

  /**
   * Bias plus inputs times weights, fused, inputs in ascending order, for a block and a panel of
   * two vectors ({@code x}: inputs, row by row; {@code y}: results, row by row).
   */
  void product(float[] x, int at, WeightPanel panel, float[] y, int to);

  /** The bias of a panel of four vectors, for both rows of a pair. */
  void bias(WeightPanel panel, float[] y, int to);

  /**
   * Adds inputs times weights, fused, inputs in ascending order, for a pair of rows and a panel of
   * four vectors, leaving inputs out.
   *
   * @param x inputs, row by row
   * @param at first of the 64 inputs in question
   * @param active bit i is set unless input i is zero in both rows
   * @param y results, row by row, added to
   */
  void addActive(float[] x, int at, long active, WeightPanel panel, int input, float[] y, int to);

  /**
   * Replaces the values of a pair of rows by max(0, value), and notes which are positive.
   *
   * @param values row by row
   * @param count values per row, a multiple of two vectors
   * @param active filled with bits, set where at least one of the rows is positive
   * @param word first element to fill
   */
  void relu(float[] values, int at, int count, long[] active, int word);

  /** Replaces values by value / (1 + exp(-value)); the count is a multiple of two vectors. */
  void silu(float[] values, int at, int count);
}
