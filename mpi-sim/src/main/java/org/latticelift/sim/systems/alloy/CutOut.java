package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Cuts boxes out of a lattice into lattices of their own, closed periodically, and writes them
 * back.
 */
final class CutOut {
  private CutOut() {}

  /** Fills a lattice of the size of a box of a larger one. */
  static void cut(Lattice large, CellBox box, Lattice small) {
    transfer(large, box, small, true);
  }

  static void paste(Lattice small, Lattice large, CellBox box) {
    transfer(large, box, small, false);
  }

  private static void transfer(Lattice large, CellBox box, Lattice small, boolean cut) {
    int basis = large.crystal().basisCount();
    int first = Math.min(box.nz(), large.nz() - box.z()) * basis;
    int all = box.nz() * basis;
    for (int x = 0; x < box.nx(); x++) {
      byte[] outer = large.plane((box.x() + x) % large.nx());
      byte[] inner = small.plane(x);
      for (int y = 0; y < box.ny(); y++) {
        int row = (box.y() + y) % large.ny() * large.nz() * basis;
        copy(outer, row + box.z() * basis, inner, y * all, first, cut);
        if (first < all) {
          copy(outer, row, inner, y * all + first, all - first, cut);
        }
      }
    }
  }

  private static void copy(byte[] outer, int o, byte[] inner, int i, int length, boolean cut) {
    if (cut) {
      System.arraycopy(outer, o, inner, i, length);
    } else {
      System.arraycopy(inner, i, outer, o, length);
    }
  }
}
