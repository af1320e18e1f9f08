package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * A lattice and its vacancies in selection order (AL-41). The order is part of the state: it
 * decides which event a random number selects.
 */
final class AlloyState {
  private final Lattice lattice;
  private final long[] vacancies;

  AlloyState(Lattice lattice, long[] vacancies) {
    this.lattice = lattice;
    this.vacancies = vacancies;
  }

  /** Vacancies in site order. */
  static AlloyState scanned(Lattice lattice) {
    return new AlloyState(lattice, lattice.vacancies());
  }

  Lattice lattice() {
    return lattice;
  }

  /** The list itself, which the dynamics keep up to date. */
  long[] vacancies() {
    return vacancies;
  }

  AlloyState copy() {
    return new AlloyState(lattice.copy(), vacancies.clone());
  }
}
