package org.latticelift.sim.systems.predatorprey;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/**
 * Upsample: linear interpolation between cell centres, level by level, beyond the outermost coarse
 * centres their value (PP-15).
 */
final class Interpolation {
  private Interpolation() {}

  /** The factors by which the number of cells grows: 2 as often as possible, then what is left. */
  static List<Integer> factors(int small, int large) {
    if (large % small != 0) {
      throw LatticeLiftException.badData(
          large + " cells from " + small,
          "lattice.large",
          "a multiple of lattice.small",
          "Change one of them");
    }
    List<Integer> factors = new java.util.ArrayList<>();
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

  static Fields enlarge(Fields fields, int factor) {
    return new Fields(enlarge(fields.prey(), factor), enlarge(fields.predator(), factor));
  }

  private static double[] enlarge(double[] coarse, int factor) {
    double[] fine = new double[coarse.length * factor];
    for (int i = 0; i < fine.length; i++) {
      double at = (i + 0.5) / factor - 0.5; // in coarse cells, 0 at the first centre
      int left = Math.min(coarse.length - 1, Math.max(0, (int) Math.floor(at)));
      int right = Math.min(coarse.length - 1, left + 1);
      double weight = Math.min(1, Math.max(0, at - left));
      fine[i] = (1 - weight) * coarse[left] + weight * coarse[right];
    }
    return fine;
  }
}
