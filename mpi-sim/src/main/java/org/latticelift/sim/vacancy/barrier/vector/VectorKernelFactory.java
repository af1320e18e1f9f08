package org.latticelift.sim.vacancy.barrier.vector;

import org.latticelift.sim.kernel.vector.VectorShape;
import org.latticelift.sim.vacancy.barrier.DenseKernelFactory;
import org.latticelift.sim.vacancy.barrier.NetworkArithmetic;
import org.latticelift.sim.vacancy.barrier.NetworkParameters;

/** Barrier networks with the Vector API. */
public final class VectorKernelFactory implements DenseKernelFactory {
  private final VectorShape shape;

  /** The shape this machine prefers. */
  public VectorKernelFactory() {
    this(VectorShape.preferred().bits());
  }

  /**
   * A given shape.
   *
   * @param bits 128, 256 or 512; slow where the machine does not have it, but right
   */
  public VectorKernelFactory(int bits) {
    shape = new VectorShape(bits);
  }

  @Override
  public String name() {
    return "vector-" + shape.bits();
  }

  @Override
  public NetworkArithmetic create(NetworkParameters network) {
    return new VectorArithmetic(network, shape.floats());
  }

  @Override
  public double peak(double seconds) {
    return PeakMultiplyAdd.measure(seconds);
  }
}
