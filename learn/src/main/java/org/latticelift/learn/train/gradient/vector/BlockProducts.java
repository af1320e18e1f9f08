package org.latticelift.learn.train.gradient.vector;

/** Register tiles of the products, for one vector shape. */
interface BlockProducts {
  /**
   * For all samples: y = start + x w; the start is a row of its own (stride 0) or y itself ({@code
   * n}: samples, a multiple of 8).
   */
  void product(
      int n,
      float[] x,
      int atX,
      int strideX,
      int inputs,
      float[] w,
      int width,
      float[] start,
      int atStart,
      int strideStart,
      float[] y,
      int atY,
      int strideY);

  /** sum [m, width] += left-transposed times right; m is a multiple of 8. */
  void outer(
      int n,
      float[] left,
      int atLeft,
      int strideLeft,
      int m,
      float[] right,
      int atRight,
      int strideRight,
      int width,
      float[] sum);

  /** sum [width] += the sum over the samples. */
  void columnSums(int n, float[] x, int atX, int strideX, int width, float[] sum);
}
