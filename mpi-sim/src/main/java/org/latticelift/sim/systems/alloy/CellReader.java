package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;

/** Cells of a periodic lattice, as they are asked for (EX-25). Serves one thread. */
interface CellReader {
  LatticeShape shape();

  /**
   * Fills a box of another lattice.
   *
   * @param x cell that comes first, 0 to cells of the lattice - 1; the others follow periodically
   * @param to changed in the box only
   * @param box inside of that lattice, not across its border
   */
  void read(int x, int y, int z, Lattice to, CellBox box);

  /** Fills another lattice, as often as there is room. */
  default void read(int x, int y, int z, Lattice to) {
    read(x, y, z, to, CellBox.all(to));
  }
}
