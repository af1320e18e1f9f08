package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.SiteIndex;

/**
 * An atom of a periodic block that became one of another species.
 *
 * @param x its cell
 * @param y its cell
 * @param z its cell
 * @param b its basis position
 * @param before species that it was of
 * @param after species that it is of
 */
record Substitution(int x, int y, int z, int b, byte before, byte after) {
  /** Of a site of a block of this size. */
  static Substitution of(long site, Cells block, int basis, byte before, byte after) {
    return new Substitution(
        SiteIndex.x(site, block.ny(), block.nz(), basis),
        SiteIndex.y(site, block.ny(), block.nz(), basis),
        SiteIndex.z(site, block.nz(), basis),
        SiteIndex.b(site, basis),
        before,
        after);
  }

  /** Whether it is at an earlier site than another place of the block. */
  boolean precedes(int otherX, int otherY, int otherZ, int otherB) {
    if (x != otherX) {
      return x < otherX;
    }
    if (y != otherY) {
      return y < otherY;
    }
    return z == otherZ ? b < otherB : z < otherZ;
  }

  /**
   * Makes it, and its periodic images, in a box of a lattice that begins at a cell of the block.
   */
  void apply(Cells block, int fromX, int fromY, int fromZ, Lattice to, CellBox box) {
    for (int i = Math.floorMod(x - fromX, block.nx()); i < box.nx(); i += block.nx()) {
      for (int j = Math.floorMod(y - fromY, block.ny()); j < box.ny(); j += block.ny()) {
        for (int k = Math.floorMod(z - fromZ, block.nz()); k < box.nz(); k += block.nz()) {
          to.set(box.x() + i, box.y() + j, box.z() + k, b, after);
        }
      }
    }
  }
}
