package org.latticelift.learn.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/**
 * Products with constants that may be recorded on a tape.
 *
 * <p>DJL's {@code mul(Number)} and {@code div(Number)} wrap the constant in an array over a Java
 * buffer and close it at once, while PyTorch keeps the constant for the backward pass. After a
 * garbage collection the backward pass reads freed memory: forward values stay right and gradients
 * become wrong or not finite, at random. Here the constant lives as long as the manager of the
 * operand.
 */
final class Scalars {
  private Scalars() {}

  /** x times a constant of the type of x; the constant belongs to the manager of x. */
  static NDArray times(NDArray x, double constant) {
    boolean wide = x.getDataType() == DataType.FLOAT64;
    return x.mul(wide ? x.getManager().create(constant) : x.getManager().create((float) constant));
  }
}
