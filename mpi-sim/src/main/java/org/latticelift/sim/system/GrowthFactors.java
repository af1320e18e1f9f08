package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/** The levels on which a small lattice grows to a large one. */
public final class GrowthFactors {
  private GrowthFactors() {}

  /**
   * The factors by which a side grows: 2 as often as possible, then what is left, such as 2, 3 for
   * 96 from 16 and 3 for 48 from 16.
   *
   * @param small side of the small lattice
   * @param large side of the large lattice
   * @return one factor per level
   * @throws LatticeLiftException (65) if the small side does not divide the large one
   */
  public static List<Integer> of(int small, int large) {
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
}
