package org.latticelift.sim.kernel;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Supplier;

/**
 * The fastest implementation of a kernel: one with vectors, found by the service loader, where the
 * Vector API is there, else the plain one, with a note in the log. Looked for once, at first use
 * ({@code T}: the kernel, or what makes it).
 */
public final class FastestKernel<T> {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";

  private final Class<T> service;
  private final Supplier<? extends T> plain;
  private final String consequence;
  private T found;

  /**
   * Looks for nothing yet.
   *
   * @param service found by the service loader
   * @param plain the twin that needs no vectors
   * @param consequence what the note says of the plain twin, such as "plain barrier kernels,
   *     several times slower"
   */
  public FastestKernel(Class<T> service, Supplier<? extends T> plain, String consequence) {
    this.service = service;
    this.plain = plain;
    this.consequence = consequence;
  }

  /** The fastest of this Java machine; the same at every call. */
  public synchronized T get() {
    if (found == null) {
      if (!vectorsAreThere()) {
        note();
      }
      found = withVectors(service).orElseGet(plain);
    }
    return found;
  }

  private void note() {
    System.getLogger(service.getName())
        .log(
            System.Logger.Level.WARNING,
            "module {0} is missing: {1}; start Java with --add-modules {0}",
            VECTOR_MODULE,
            consequence);
  }

  private static boolean vectorsAreThere() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  /**
   * The implementation with vectors.
   *
   * @param <T> the kernel, or what makes it
   * @param service found by the service loader
   * @return empty where the Vector API is not there, or nothing is found
   */
  public static <T> Optional<T> withVectors(Class<T> service) {
    return vectorsAreThere() ? ServiceLoader.load(service).findFirst() : Optional.empty();
  }
}
