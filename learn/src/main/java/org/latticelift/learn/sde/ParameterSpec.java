package org.latticelift.learn.sde;

import java.util.Arrays;

/**
 * One parameter array. Weights are [outputs, inputs] row-major, y = W x + b.
 *
 * @param name path below {@code /weights/mK}, such as {@code drift/hidden0/W_z}
 * @param shape lengths of the axes
 * @param initial how a training starts
 */
public record ParameterSpec(String name, long[] shape, Initial initial) {

  /**
   * Initial distribution.
   *
   * @param kind what is drawn
   * @param value bound, gain or constant
   */
  record Initial(Kind kind, double value) {
    /** The distributions that ME-45, ME-47 and ME-59 need. */
    enum Kind {
      CONSTANT,
      /** Uniform in (-value, value). */
      SYMMETRIC,
      /** Uniform in (0, value). */
      POSITIVE,
      /** Rows or columns orthonormal, times value (QR of a Gaussian matrix). */
      ORTHOGONAL,
      /** A flattened orthogonal square matrix, times value. */
      ORTHOGONAL_SQUARE,
      /** A flattened unit matrix, times value. */
      IDENTITY
    }
  }

  public int size() {
    return (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }
}
