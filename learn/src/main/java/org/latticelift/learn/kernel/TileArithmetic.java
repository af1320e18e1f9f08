package org.latticelift.learn.kernel;

/**
 * Arithmetic on a tile: rows of one float per trajectory, one variable per row, row after row in
 * one array. Every number is a function of its own trajectory alone and every sum has one fixed
 * order with fused multiply-adds, so all implementations and all widths give the same bits.
 * Implementations hold no state; any number of threads may share one.
 */
public interface TileArithmetic {
  /** Width of a row; trajectories per tile. */
  int lanes();

  /**
   * A dense layer. Sums start from the bias, or from what y holds, and run over ascending inputs.
   *
   * @param weights the layer; its padded outputs are written, too
   * @param x first row of the inputs; not modified
   * @param y first row of the outputs, {@link TileWeights#outputs()} rows
   * @param add start from y instead of the bias; not for rectified layers
   */
  void product(TileWeights weights, float[] memory, int x, int y, boolean add);

  /**
   * The activation of the Onsager network (ME-52): c = clip(u, 0, 1/2) replaces u, and F(u) = c (2u
   * - c) goes to h, where F' = 2c.
   *
   * @param u first row of the arguments, which become gates
   * @param h first row of the results
   * @param rows number of rows
   * @param add whether h is increased (residual layers, ME-53) or set
   */
  void onsager(float[] memory, int u, int h, int rows, boolean add);

  /**
   * y = gate x.
   *
   * @param gate first row of one factor
   * @param x first row of the other
   * @param y first row of the products
   * @param rows number of rows
   */
  void multiply(float[] memory, int gate, int x, int y, int rows);

  /**
   * y += factor x.
   *
   * @param x first row
   * @param y first row
   * @param rows number of rows
   */
  void addScaled(float[] memory, float factor, int x, int y, int rows);

  /**
   * x = x min(1, radius / |x|), with the length of each trajectory's vector.
   *
   * @param x first row
   * @param rows number of rows
   */
  void within(float[] memory, float radius, int x, int rows);

  /** x = scale softplus(x). {@code row}: the row. */
  void softplus(float[] memory, int row, float scale);

  /**
   * The Onsager drift mu = f - (L L^T + W + c I) g with L and W from the lower and the strict upper
   * triangle of A (ME-50, ME-56). {@code terms}: where g, A and mu are; f is where mu comes.
   */
  void contract(float[] memory, OnsagerTerms terms);

  /**
   * One step of Euler-Maruyama, z += h mu + sigma n (ME-77). {@code terms}: where z, mu, sigma and
   * n are.
   */
  void step(float[] memory, StepTerms terms, float h);

  /**
   * Normal numbers, two rows per pair, each trajectory from its own generator ({@link
   * NormalNumbers}).
   *
   * @param state four words per trajectory, word after word; advances
   * @param row first row of the results
   * @param pairs half the number of rows
   */
  void normals(int[] state, float[] memory, int row, int pairs, float deviation);
}
