package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;

/**
 * A periodic lattice that can be read, whether it is stored as a whole or made of parts (EX-25).
 * Serves one thread.
 */
interface LatticeView {
  LatticeShape shape();

  /** Sites per code, 16 of them. */
  long[] counts();

  long vacancyCount();

  /**
   * Site of a vacancy.
   *
   * @param k 0 to the number of vacancies - 1, in selection order
   */
  long vacancy(long k);

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

  /** Counts of the whole, which replace others. */
  void count(OrderParameters order, Counts counts);

  /** All sites as one lattice. */
  default Lattice whole() {
    Lattice whole = new Lattice(shape());
    read(0, 0, 0, whole);
    return whole;
  }
}
