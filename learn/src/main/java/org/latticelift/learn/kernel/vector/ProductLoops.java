package org.latticelift.learn.kernel.vector;

import org.latticelift.learn.kernel.TileWeights;

/** Dense layers on tiles of one and of {@link #COLUMNS} vectors; offsets count floats. */
interface ProductLoops {
  /** Vectors per row of a wide tile. */
  int COLUMNS = 3;

  /** Lanes of a vector. */
  int vector();

  /** The product on a wide tile. */
  void wide(TileWeights weights, float[] m, int x, int y, boolean add);

  /** The product on a tile of one vector. */
  void narrow(TileWeights weights, float[] m, int x, int y, boolean add);
}
