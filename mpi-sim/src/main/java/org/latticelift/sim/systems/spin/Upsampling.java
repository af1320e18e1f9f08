package org.latticelift.sim.systems.spin;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Upsample: every spin becomes a square block of equal spins, level by level (IS-10, IS-11, PT-10).
 */
public final class Upsampling {
  private Upsampling() {}

  /**
   * The factors by which the side grows: 2 as often as possible, then what is left, so 3 for a side
   * of 48 from 16.
   *
   * @param small side of the small lattice
   * @param large side of the large lattice
   * @return one factor per level; an error if the small side does not divide the large one
   */
  public static List<Integer> factors(int small, int large) {
    if (large % small != 0) {
      throw LatticeLiftException.badData(
          "a side of " + large + " with a small side of " + small,
          "lattice.large",
          "a multiple of lattice.small",
          "Change one of them");
    }
    List<Integer> factors = new ArrayList<>();
    int left = large / small;
    while (left % 2 == 0) {
      factors.add(2);
      left /= 2;
    }
    if (left > 1) {
      factors.add(left);
    }
    return factors;
  }

  /**
   * Every spin repeated.
   *
   * @param lattice not modified
   * @param factor by which the side grows
   * @return spins of the larger lattice, row by row
   */
  public static byte[] enlarge(SquareSpins lattice, int factor) {
    int side = lattice.side() * factor;
    byte[] spins = new byte[side * side];
    for (int site = 0; site < spins.length; site++) {
      int row = site / side / factor;
      int column = site % side / factor;
      spins[site] = (byte) lattice.spin(row * lattice.side() + column);
    }
    return spins;
  }
}
