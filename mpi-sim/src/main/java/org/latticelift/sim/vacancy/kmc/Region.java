package org.latticelift.sim.vacancy.kmc;

/** A set of sites that confined vacancies may not leave (DI-03: ghost and buffer). */
@FunctionalInterface
public interface Region {
  /**
   * Whether a site belongs to the region ({@code x}: cell along the first axis, inside the
   * lattice); true if a vacancy may jump there.
   */
  boolean contains(int x, int y, int z, int b);
}
