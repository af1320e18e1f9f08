package org.latticelift.sim.vacancy.barrier;

/** Scalar Java: the twin of every vector kernel, and the fallback where there is none. */
final class PlainKernelFactory implements DenseKernelFactory {
  @Override
  public String name() {
    return "plain";
  }

  @Override
  public NetworkArithmetic create(NetworkParameters network) {
    return new PlainArithmetic(network);
  }

  @Override
  public double peak(double seconds) {
    return Double.NaN;
  }
}
