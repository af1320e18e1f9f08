package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.lattice.Lattice.LatticeShape;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.order.OrderParameters.Counts;

/**
 * A periodic lattice that can be counted and looked at around its vacancies, whether it is stored
 * as a whole or made of parts (EX-25). Serves one thread.
 */
interface LatticeView {
  LatticeShape shape();

  /** Sites per code, 16 of them. */
  long[] counts();

  default long vacancyCount() {
    return counts()[Lattice.VACANCY];
  }

  /** Vacancies whose surroundings are there; others are in parts that these stand for. */
  default long knownVacancies() {
    return vacancyCount();
  }

  /**
   * Site of a vacancy.
   *
   * @param k 0 to the number of known vacancies - 1, in selection order
   */
  long vacancy(long k);

  /** The lattice as it is about a vacancy, to as far as that vacancy may see or go. */
  CellReader around(long site);

  /** Counts of the whole, which replace others. */
  void count(OrderParameters order, Counts counts);

  /** All sites as one lattice. */
  Lattice whole();
}
