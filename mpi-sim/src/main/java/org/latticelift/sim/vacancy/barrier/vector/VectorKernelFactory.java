package org.latticelift.sim.vacancy.barrier.vector;

import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;
import org.latticelift.sim.vacancy.barrier.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters;

/** Barrier networks with the Vector API. */
public final class VectorKernelFactory implements DenseKernelFactory {
  private final VectorShapes shapes;

  /** The shape this machine prefers. */
  public VectorKernelFactory() {
    this(VectorShapes.preferredBits());
  }

  /**
   * A given shape.
   *
   * @param bits 128, 256 or 512; slow where the machine does not have it, but right
   */
  public VectorKernelFactory(int bits) {
    shapes = VectorShapes.of(bits);
  }

  @Override
  public String name() {
    return "vector-" + shapes.bits();
  }

  @Override
  public NetworkArithmetic create(NetworkParameters network) {
    return new VectorArithmetic(network, shapes);
  }

  @Override
  public double peak(double seconds) {
    return PeakMultiplyAdd.measure(seconds);
  }
}
