package org.latticelift.learn.kernel;

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
      int lanes = set(z, first, count);
      tile.evaluate();
      for (int i = 0; i < dimension; i++) {
        tile.drift(i, mu[i], first, lanes);
        for (int j = 0; j < dimension; j++) {
          tile.sigma(i, j, sigma[i * dimension + j], first, lanes);
        }
      }
    }
  }

  @Override
  public void drift(int count, float[][] z, float[][] mu) {
    for (int first = 0; first < count; first += tile.lanes()) {
      int lanes = set(z, first, count);
      tile.drift();
      for (int i = 0; i < dimension; i++) {
        tile.drift(i, mu[i], first, lanes);
      }
    }
  }

  /** Sets the states of as many trajectories as there is room for, and returns their number. */
  private int set(float[][] z, int first, int count) {
    int lanes = Math.min(tile.lanes(), count - first);
    for (int i = 0; i < dimension; i++) {
      tile.set(i, z[i], first, lanes);
    }
    return lanes;
  }
}
