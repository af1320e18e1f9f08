package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * A lattice and its vacancies in selection order (AL-41). The order is part of the state: it
 * decides which event a random number selects. An upsampled lattice may still be in parts (EX-25);
 * whoever asks for all sites has them put together, and from then on they are the state.
 */
final class AlloyState {
  private LatticeView sites;

  AlloyState(Lattice lattice, long[] vacancies) {
    this(new StoredLattice(lattice, vacancies));
  }

  /** Vacancies in the order of the view. */
  AlloyState(LatticeView sites) {
    this.sites = sites;
  }

  /** Vacancies in site order. */
  static AlloyState scanned(Lattice lattice) {
    return new AlloyState(lattice, lattice.vacancies());
  }

  /** What can be read without putting anything together. */
  LatticeView sites() {
    return sites;
  }

  private StoredLattice stored() {
    if (!(sites instanceof StoredLattice)) {
      Lattice whole = sites.whole();
      sites = new StoredLattice(whole, whole.vacancies());
    }
    return (StoredLattice) sites;
  }

  Lattice lattice() {
    return stored().whole();
  }

  /** The list itself, which the dynamics keep up to date. */
  long[] vacancies() {
    return stored().vacancies();
  }

  AlloyState copy() {
    return new AlloyState(lattice().copy(), vacancies().clone());
  }
}
