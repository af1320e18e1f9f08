package org.latticelift.learn.kernel;

import org.latticelift.learn.kernel.TileFactories.TileArithmetic;

/** The arithmetic of tiles behind the interface of single evaluations. */
final class TiledSdeKernel implements SdeKernel {
  private final int dimension;
  private final int block;
  private final SdeTile tile;

  TiledSdeKernel(TileProgram program, TileArithmetic arithmetic, int block) {
    this.dimension = program.dimension();
    this.block = block;
    this.tile = new SdeTile(program, arithmetic);
  }

  @Override
  public int dimension() {
    return dimension;
  }

  @Override
  public int block() {
    return block;
  }

  @Override
  public void evaluate(int count, float[][] z, float[][] mu, float[][] sigma) {
    for (int first = 0; first < count; first += tile.lanes()) {
      int lanes = Math.min(tile.lanes(), count - first);
      for (int t = 0; t < lanes; t++) {
        for (int i = 0; i < dimension; i++) {
          tile.set(i, t, z[i][first + t]);
        }
      }
      tile.evaluate();
      for (int t = 0; t < lanes; t++) {
        store(t, first + t, mu, sigma);
      }
    }
  }

  private void store(int lane, int to, float[][] mu, float[][] sigma) {
    for (int i = 0; i < dimension; i++) {
      mu[i][to] = tile.drift(i, lane);
      for (int j = 0; j < dimension; j++) {
        sigma[i * dimension + j][to] = tile.sigma(i, j, lane);
      }
    }
  }
}
