package org.latticelift.sim.systems.ising;

/**
 * The class of a site in one byte: bits 0 to 2 the number of up neighbours (0 to 4), bit 3 the
 * spin, bit 4 whether the site is frozen. A flip of a neighbour adds or subtracts 1, a flip of the
 * site itself changes bit 3. Ten classes can flip; the ten frozen ones have rate 0.
 */
final class SiteClass {
  /** Length of an array that is indexed by class. */
  static final int CODES = 32;

  static final int UP = 8;
  static final int FROZEN = 16;
  static final int NEIGHBOURS = 4;

  private static final int UP_NEIGHBOURS = 7;
  private static final int UP_SHIFT = 3;

  private SiteClass() {}

  static boolean isUp(int code) {
    return (code & UP) != 0;
  }

  static boolean isFrozen(int code) {
    return (code & FROZEN) != 0;
  }

  static int upNeighbours(int code) {
    return code & UP_NEIGHBOURS;
  }

  /** What the flip of a site of this class adds to the classes of its neighbours: +1 or -1. */
  static int step(int code) {
    return 1 - (code >> (UP_SHIFT - 1) & 2);
  }
}
