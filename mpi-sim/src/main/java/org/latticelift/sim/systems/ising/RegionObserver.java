package org.latticelift.sim.systems.ising;

import org.latticelift.sim.systems.spin.Window;

/** Follows the evolution of a region that was cut out of a lattice. */
@FunctionalInterface
interface RegionObserver {
  /** Follows nothing, at no cost. */
  RegionObserver NONE = (lattice, cut, region) -> null;

  /**
   * Called when the region is ready to evolve, its frozen sites marked.
   *
   * @param lattice as it is before
   * @param cut which part of it the region is
   * @param region cut out
   * @return is told of every flip; null for nobody
   */
  FlipObserver begin(SpinLattice lattice, Window cut, SpinLattice region);
}
