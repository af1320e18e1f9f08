package org.latticelift.learn.sde;

/** The linear drift on the rows of a tile: one product (LC-05). */
final class TileLinear implements TilePart {
  private final TileWeights weights;
  private final long multiplyAdds;
  private final int z;
  private final int out;

  TileLinear(Matrix matrix, float[] bias, int z, int out) {
    this.weights = TileWeights.of(matrix, bias);
    this.multiplyAdds = (long) matrix.rows() * matrix.columns();
    this.z = z;
    this.out = out;
  }

  @Override
  public void evaluate(TileArithmetic arithmetic, float[] memory) {
    arithmetic.product(weights, memory, z, out, false);
  }

  @Override
  public long multiplyAdds() {
    return multiplyAdds;
  }
}
