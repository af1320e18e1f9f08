package org.latticelift.barrier.vector;

/**
 * The inner loops of a network for one block of eight rows and one panel of columns. From one row
 * of activations to the next it is a fixed number of floats.
 */
interface PanelKernel {
  /**
   * Bias plus the table rows of all positions.
   *
   * @param codes for each lab site its code times the panel's width
   * @param lab lab site of position k and row r at 8 k + r
   * @param panel the table
   * @param step codes per position times the panel's width
   * @param y results, row by row
   * @param to first result
   */
  void table(int[] codes, int[] lab, WeightPanel panel, int step, float[] y, int to);

  /**
   * Bias plus inputs times weights, fused, inputs in ascending order.
   *
   * @param x inputs, row by row
   * @param at first input
   * @param panel the weights
   * @param y results, row by row
   * @param to first result
   */
  void product(float[] x, int at, WeightPanel panel, float[] y, int to);

  /** Replaces values by max(0, value); the count is a multiple of the panel's width. */
  void relu(float[] values, int at, int count);

  /** Replaces values by value / (1 + exp(-value)); the count is a multiple of the panel's width. */
  void silu(float[] values, int at, int count);
}
