package org.latticelift.learn.train.gradient;

/** Widths and buffers of blocks. */
final class Widths {
  private Widths() {}

  /** The next multiple of the lanes. */
  static int padded(int width) {
    int lanes = BlockArithmetic.LANES;
    return (width + lanes - 1) / lanes * lanes;
  }

  /** A block of zeros; products may read one vector beyond its end. */
  static <A> Block<A> block(BlockArithmetic<A> arithmetic, int width) {
    int stride = padded(width);
    int length = BlockArithmetic.SAMPLES * stride + BlockArithmetic.LANES;
    return new Block<>(arithmetic.allocate(length), 0, stride);
  }

  /** Rows of zeros. */
  static <A> A rows(BlockArithmetic<A> arithmetic, int count) {
    return arithmetic.allocate(count * BlockArithmetic.SAMPLES);
  }

  /** Index of a row. */
  static int row(int number) {
    return number * BlockArithmetic.SAMPLES;
  }
}
