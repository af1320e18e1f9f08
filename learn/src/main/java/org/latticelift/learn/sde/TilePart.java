package org.latticelift.learn.sde;

import org.latticelift.learn.sde.TileFactories.TileArithmetic;

/** A function of the state on the rows of a tile; holds no state, any number of tiles share it. */
interface TilePart {
  /** Writes what does not depend on the state, once per tile. */
  default void prepare(TileArithmetic arithmetic, float[] memory) {}

  /**
   * The same part at another condition, which enters by the biases of first layers alone; whatever
   * else there is, is shared.
   *
   * @param parameters of the same parameter set at the other condition
   */
  default TilePart at(KernelParameters parameters) {
    return this;
  }

  void evaluate(TileArithmetic arithmetic, float[] memory);

  /** Multiply-adds per trajectory. */
  long multiplyAdds();
}
