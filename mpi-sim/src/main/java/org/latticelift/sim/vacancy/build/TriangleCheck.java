package org.latticelift.sim.vacancy.build;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * Whether triangles of sites can have given pairs along their sides: species of the three corners
 * with probabilities that are not negative and have the pairs as marginals. Where there are none,
 * no configuration has these pairs: in fcc not all neighbours can be unlike, in bcc not all first
 * neighbours unlike and second ones random. Found by iterative proportional fitting, which ends at
 * such probabilities if there are any. Necessary, not sufficient.
 */
final class TriangleCheck {
  private static final int ROUNDS = 3000;

  /** Fitting to what is possible ends far below, or comes nearer all the time. */
  private static final double IMPOSSIBLE = 2e-3;

  private final List<PairShares> shells;
  private final int kinds;

  /** Sides of a triangle by shell, ascending. */
  private record Sides(int first, int second, int third) {}

  private TriangleCheck(List<PairShares> shells) {
    this.shells = shells;
    kinds = shells.get(0).pairs().kinds();
  }

  /**
   * Refuses impossible targets.
   *
   * @param shells targets, the nearest shell first; null for a shell without
   */
  static void require(Crystal crystal, List<PairShares> shells) {
    for (Sides sides : triangles(crystal, shells)) {
      TriangleCheck check =
          new TriangleCheck(
              List.of(
                  shells.get(sides.first()),
                  shells.get(sides.second()),
                  shells.get(sides.third())));
      double wrong = check.misfit();
      if (wrong > IMPOSSIBLE) {
        throw LatticeLiftException.badData(
            String.format(
                Locale.ROOT,
                "no configuration has these pairs: triangles with sides of shells %d, %d and %d"
                    + " cannot have them, the nearest is %.2g away",
                sides.first() + 1,
                sides.second() + 1,
                sides.third() + 1,
                wrong),
            "targets",
            "pairs of these shells that fit together",
            "Weaken the targets of one of these shells");
      }
    }
  }

  private static Set<Sides> triangles(Crystal crystal, List<PairShares> shells) {
    Set<Sides> found = new HashSet<>();
    for (int s = 0; s < shells.size(); s++) {
      for (int t = s; t < shells.size() && shells.get(s) != null; t++) {
        if (shells.get(t) != null) {
          addThird(crystal, shells, s, t, found);
        }
      }
    }
    return found;
  }

  private static void addThird(
      Crystal crystal, List<PairShares> shells, int s, int t, Set<Sides> found) {
    for (SiteOffset one : crystal.shell(0, s + 1)) {
      for (SiteOffset two : crystal.shell(0, t + 1)) {
        SiteOffset side =
            new SiteOffset(
                two.dx() - one.dx(), two.dy() - one.dy(), two.dz() - one.dz(), two.basis());
        for (int u = t; u < shells.size(); u++) {
          if (shells.get(u) != null && crystal.shell(one.basis(), u + 1).contains(side)) {
            found.add(new Sides(s, t, u));
          }
        }
      }
    }
  }

  /** Largest deviation of a side after the last round. */
  private double misfit() {
    double[] corner = new double[kinds * kinds * kinds];
    Arrays.fill(corner, 1.0 / corner.length);
    double worst = 1;
    for (int round = 0; round < ROUNDS && worst > IMPOSSIBLE / 10; round++) {
      worst = 0;
      for (int side = 0; side < 3; side++) {
        worst = Math.max(worst, fit(corner, side));
      }
    }
    return worst;
  }

  /** Scales the corners so that one side has its pairs; returns how far off it was. */
  private double fit(double[] corner, int side) {
    double[] sum = new double[kinds * kinds];
    for (int i = 0; i < corner.length; i++) {
      sum[ends(i, side)] += corner[i];
    }
    double worst = 0;
    double[] factor = new double[sum.length];
    for (int k = 0; k < sum.length; k++) {
      double target = shells.get(side).directed(k / kinds, k % kinds);
      worst = Math.max(worst, Math.abs(sum[k] - target));
      factor[k] = sum[k] > 0 ? target / sum[k] : 0;
    }
    for (int i = 0; i < corner.length; i++) {
      corner[i] *= factor[ends(i, side)];
    }
    return worst;
  }

  /** The ends of a side: corners 0 and 1, 0 and 2, 1 and 2. */
  private int ends(int i, int side) {
    int a = i / (kinds * kinds);
    int b = i / kinds % kinds;
    int c = i % kinds;
    return switch (side) {
      case 0 -> a * kinds + b;
      case 1 -> a * kinds + c;
      default -> b * kinds + c;
    };
  }
}
