package org.latticelift.sim.vacancy.barrier;

import org.latticelift.sim.kernel.FastestKernel;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class KernelFactories {
  private static final FastestKernel<DenseKernelFactory> FASTEST =
      new FastestKernel<>(
          DenseKernelFactory.class,
          PlainKernelFactory::new,
          "plain barrier kernels, several times slower");

  private KernelFactories() {}

  /**
   * The fastest arithmetic of this Java machine.
   *
   * @return the vector kernels, or the plain one, with a note in the log, when the module {@code
   *     jdk.incubator.vector} is missing
   */
  public static DenseKernelFactory fastest() {
    return FASTEST.get();
  }

  /**
   * The plain twin of all others.
   *
   * @return scalar Java
   */
  public static DenseKernelFactory plain() {
    return new PlainKernelFactory();
  }
}
