package org.latticelift.sim.vacancy.kmc;

import org.latticelift.sim.vacancy.kmc.JumpEvent.JumpObserver;

/**
 * Is told how long the lattice stayed as it is: for averages over time. With {@link JumpObserver}s
 * that keep counts of the lattice up to date, the counts are those of the state in question.
 */
@FunctionalInterface
public interface ResidenceObserver {
  /**
   * Called while the lattice is in some state, of which the jump observers were told. Times add up
   * to the time simulated. Where jumps of one vacancy were resolved together, the states of its
   * basin are shown one after the other with the times spent in them, and a negative time takes
   * back what was told before for the state at the beginning: sums of time times observable are
   * right for every observable that is a sum of terms which depend on sites within the range of an
   * environment.
   */
  void resided(double seconds);
}
