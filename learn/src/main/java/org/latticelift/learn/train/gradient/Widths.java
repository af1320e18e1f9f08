package org.latticelift.learn.train.gradient;

final class Widths {
  private Widths() {}

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

  static <A> A rows(BlockArithmetic<A> arithmetic, int count) {
    return arithmetic.allocate(count * BlockArithmetic.SAMPLES);
  }

  static int row(int number) {
    return number * BlockArithmetic.SAMPLES;
  }
}
