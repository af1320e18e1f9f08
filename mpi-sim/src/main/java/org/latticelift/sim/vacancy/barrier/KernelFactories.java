package org.latticelift.sim.vacancy.barrier;

import java.util.List;
import java.util.ServiceLoader;

/** Chooses the arithmetic: vectors where the Vector API is there, else plain Java. */
public final class KernelFactories {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final System.Logger LOG = System.getLogger(KernelFactories.class.getName());

  private KernelFactories() {}

  /**
   * The fastest arithmetic of this Java machine.
   *
   * @return the vector kernels, or the plain one, with a note in the log, when the module {@code
   *     jdk.incubator.vector} is missing
   */
  public static DenseKernelFactory fastest() {
    return Holder.FASTEST;
  }

  /**
   * The plain twin of all others.
   *
   * @return scalar Java
   */
  public static DenseKernelFactory plain() {
    return new PlainKernelFactory();
  }

  private static DenseKernelFactory find() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "module {0} is missing: plain barrier kernels, several times slower;"
              + " start Java with --add-modules {0}",
          VECTOR_MODULE);
      return plain();
    }
    List<DenseKernelFactory> found =
        ServiceLoader.load(DenseKernelFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    return found.isEmpty() ? plain() : found.get(0);
  }

  private static final class Holder {
    static final DenseKernelFactory FASTEST = find();
  }
}
