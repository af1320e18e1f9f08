package org.latticelift.learn.train.gradient.vector;

import org.latticelift.learn.train.gradient.Block;

/** Register tiles of the products, for one vector shape. */
interface BlockProducts {
  /**
   * For all samples: y = start + x w; the start is a row of its own (stride 0) or y itself ({@code
   * n}: samples, a multiple of 8).
   */
  void product(
      int n,
      Block<float[]> x,
      int inputs,
      float[] w,
      int width,
      Block<float[]> start,
      Block<float[]> y);

  /** sum [m, width] += left-transposed times right; m is a multiple of 8. */
  void outer(int n, Block<float[]> left, int m, Block<float[]> right, int width, float[] sum);

  /** sum [width] += the sum over the samples. */
  void columnSums(int n, Block<float[]> x, int width, float[] sum);
}
