package org.latticelift.learn.sde;

/** Hands out the rows of a tile while its networks are laid out. */
final class TileRows {
  private int used;

  /**
   * The same rows taken, for a part whose rows beyond those are free again when it is done: parts
   * that run one after the other use the same rows, which keeps a tile small.
   */
  TileRows copy() {
    TileRows copy = new TileRows();
    copy.used = used;
    return copy;
  }

  /** Room for the padded outputs of a layer. */
  int take(int outputs) {
    int first = used;
    used += TileWeights.padded(outputs);
    return first;
  }

  int used() {
    return used;
  }
}
