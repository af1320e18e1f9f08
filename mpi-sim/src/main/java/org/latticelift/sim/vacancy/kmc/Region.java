package org.latticelift.sim.vacancy.kmc;

/** A set of sites that confined vacancies may not leave (DI-03: ghost and buffer). */
@FunctionalInterface
public interface Region {
  /**
   * Whether a site belongs to the region.
   *
   * @param x cell along the first axis, inside the lattice
   * @param y cell along the second axis
   * @param z cell along the third axis
   * @param b basis position
   * @return true if a vacancy may jump there
   */
  boolean contains(int x, int y, int z, int b);
}
