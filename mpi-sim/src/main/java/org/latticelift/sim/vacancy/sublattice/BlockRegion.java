package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.vacancy.kmc.Region;

/** The cells of the block whose turn it is, and a margin around them; moved from block to block. */
final class BlockRegion implements Region {
  private final int margin;
  private final int edge;
  private int x0;
  private int y0;
  private int z0;

  BlockRegion(BlockGrid blocks) {
    margin = blocks.margin();
    edge = blocks.edge() + 2 * margin;
  }

  /** The first cell of the block along each axis. */
  void moveTo(int x, int y, int z) {
    x0 = x - margin;
    y0 = y - margin;
    z0 = z - margin;
  }

  @Override
  public boolean contains(int x, int y, int z, int b) {
    return x >= x0 && x < x0 + edge && y >= y0 && y < y0 + edge && z >= z0 && z < z0 + edge;
  }
}
