package org.latticelift.learn.sde;

import org.latticelift.sim.kernel.FastestKernel;

/** Chooses the arithmetic of tiles: vectors where the Vector API is there, else plain Java. */
public final class TileFactories {
  private static final FastestKernel<TileFactory> FASTEST =
      new FastestKernel<>(
          TileFactory.class, PlainTileFactory::new, "plain ensemble kernels, several times slower");

  private TileFactories() {}

  /**
   * The fastest arithmetic of this Java machine.
   *
   * @return that with vectors, or the plain one, with a note in the log, when the module {@code
   *     jdk.incubator.vector} is missing
   */
  public static TileFactory fastest() {
    return FASTEST.get();
  }

  /**
   * The plain twin of all others.
   *
   * @return scalar Java
   */
  public static TileFactory plain() {
    return new PlainTileFactory();
  }
}
