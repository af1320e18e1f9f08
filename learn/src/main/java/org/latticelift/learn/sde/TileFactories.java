package org.latticelift.learn.sde;

import java.util.List;
import java.util.ServiceLoader;

/** Chooses the arithmetic of tiles: vectors where the Vector API is there, else plain Java. */
public final class TileFactories {
  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final System.Logger LOG = System.getLogger(TileFactories.class.getName());

  private TileFactories() {}

  /**
   * The fastest arithmetic of this Java machine.
   *
   * @return that with vectors, or the plain one, with a note in the log, when the module {@code
   *     jdk.incubator.vector} is missing
   */
  public static TileFactory fastest() {
    return Holder.FASTEST;
  }

  /**
   * The plain twin of all others.
   *
   * @return scalar Java
   */
  public static TileFactory plain() {
    return new PlainTileFactory();
  }

  private static TileFactory find() {
    if (ModuleLayer.boot().findModule(VECTOR_MODULE).isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "module {0} is missing: plain ensemble kernels, several times slower;"
              + " start Java with --add-modules {0}",
          VECTOR_MODULE);
      return plain();
    }
    List<TileFactory> found =
        ServiceLoader.load(TileFactory.class).stream().map(ServiceLoader.Provider::get).toList();
    return found.isEmpty() ? plain() : found.get(0);
  }

  private static final class Holder {
    static final TileFactory FASTEST = find();
  }
}
