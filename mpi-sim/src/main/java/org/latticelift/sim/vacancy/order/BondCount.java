package org.latticelift.sim.vacancy.order;

import org.latticelift.sim.vacancy.kmc.CellBox;
import org.latticelift.sim.vacancy.lattice.Lattice;

/** Counts the bonds of one shell by the species of their two ends. */
public interface BondCount {
  /** Codes of species, the vacancy included. */
  int CODES = 16;

  /**
   * Adds the bonds that the sites of a box own; they may lead out of it.
   *
   * @param lattice not modified
   * @param box cells, periodic
   * @param histogram bonds by {@code CODES owner + other}, changed; what stands under the code of
   *     the vacancy is meaningless
   */
  void add(Lattice lattice, CellBox box, long[] histogram);
}
