package org.latticelift.learn.train.gradient.vector;

import java.lang.invoke.MethodHandles;
import org.latticelift.learn.train.gradient.ArithmeticProvider;
import org.latticelift.learn.train.gradient.BlockArithmetic;
import org.latticelift.sim.kernel.vector.VectorShape;

/** Arithmetic with the Vector API. */
public final class VectorProvider implements ArithmeticProvider {
  private final VectorShape shape;

  /** The shape this machine prefers. */
  public VectorProvider() {
    this(VectorShape.preferred());
  }

  /**
   * A given shape.
   *
   * @param bits 128, 256 or 512; slow where the machine does not have it, but right
   */
  public VectorProvider(int bits) {
    this(new VectorShape(bits));
  }

  private VectorProvider(VectorShape shape) {
    this.shape = shape;
  }

  @Override
  public BlockArithmetic<float[]> create() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    return new VectorArithmetic(
        "vector-" + shape.bits(),
        shape.create(lookup, BlockProducts.class, VectorProducts.class),
        shape.create(lookup, BlockRows.class, VectorRows.class));
  }
}
