package org.latticelift.training.vector;

import org.latticelift.training.fused.ArithmeticProvider;
import org.latticelift.training.fused.BlockArithmetic;

/** Arithmetic with the Vector API. */
public final class VectorProvider implements ArithmeticProvider {
  private final VectorShapes shapes;

  /** The shape this machine prefers. */
  public VectorProvider() {
    this(VectorShapes.preferredBits());
  }

  /**
   * A given shape.
   *
   * @param bits 128, 256 or 512; slow where the machine does not have it, but right
   */
  public VectorProvider(int bits) {
    shapes = VectorShapes.of(bits);
  }

  @Override
  public BlockArithmetic<float[]> create() {
    return new VectorArithmetic("vector-" + shapes.bits(), shapes.products(), shapes.rows());
  }
}
