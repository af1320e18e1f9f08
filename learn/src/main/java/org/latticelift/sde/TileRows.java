package org.latticelift.sde;

/** Hands out the rows of a tile while its networks are laid out. */
final class TileRows {
  private int used;

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
