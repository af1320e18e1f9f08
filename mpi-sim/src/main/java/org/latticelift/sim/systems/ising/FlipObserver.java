package org.latticelift.sim.systems.ising;

/** Follows an evolution in continuous time flip by flip. */
interface FlipObserver {
  /**
   * The spins stayed as they are for a while: before a flip, or at the end up to the stop.
   *
   * @param time not negative
   */
  void stayed(double time);

  /**
   * A spin has flipped.
   *
   * @param site of the evolving lattice
   */
  void flipped(int site);
}
