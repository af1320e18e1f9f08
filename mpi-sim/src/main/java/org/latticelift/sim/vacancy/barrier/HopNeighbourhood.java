package org.latticelift.sim.vacancy.barrier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.EnvironmentGeometry;
import org.latticelift.sim.vacancy.crystal.SiteOffset;

/**
 * Where the sites around a vacancy lie with respect to one of its hops: in which shell they are as
 * seen from the vacancy, from the target of the hop and from the saddle point halfway. All that a
 * {@link LinearBarrier} sums over, and the columns of a fit count, is read from here.
 *
 * <p>Shells around the saddle point are the distinct distances from the middle of the hop, 1 for
 * the nearest; the two ends of the hop are in none. The hop and its reverse have the same shells,
 * so what is counted in them is symmetric in the direction.
 */
public final class HopNeighbourhood {
  private static final double TOLERANCE = 1e-6;

  private final int target;
  private final int[] fromTarget;
  private final int[] fromVacancy;
  private final int[] fromSaddle;

  private HopNeighbourhood(int target, int[] fromTarget, int[] fromVacancy, int[] fromSaddle) {
    this.target = target;
    this.fromTarget = fromTarget;
    this.fromVacancy = fromVacancy;
    this.fromSaddle = fromSaddle;
  }

  /**
   * Of one hop.
   *
   * @param basis of the vacancy
   * @param hop its direction
   * @param pairShells shells of pairs around both ends; every pair of these that the hop changes
   *     must lie in the environment
   * @param saddleShells shells around the saddle point, all of whose sites must lie in the
   *     environment
   * @throws LatticeLiftException if the environment of the crystal is too small for them
   */
  public static HopNeighbourhood of(
      Crystal crystal, int basis, int hop, int pairShells, int saddleShells) {
    requireWithin(
        crystal, "pair energies of shell ", "shells", pairShells, mostPairShells(crystal));
    String around = "terms of the shell around the saddle point with number ";
    requireWithin(crystal, around, "saddle", saddleShells, mostSaddleShells(crystal));
    EnvironmentGeometry geometry = crystal.environment(basis);
    int target = geometry.hopTarget(hop);
    int[] fromVacancy = new int[geometry.sites()];
    for (int j = 0; j < fromVacancy.length; j++) {
      fromVacancy[j] = j != target && geometry.shellOf(j) <= pairShells ? geometry.shellOf(j) : 0;
    }
    return new HopNeighbourhood(
        target,
        shellsOfTarget(crystal, basis, target, pairShells),
        fromVacancy,
        shellsOfSaddle(crystal, basis, target, saddleShells));
  }

  private static void requireWithin(
      Crystal crystal, String what, String key, int shells, int most) {
    if (shells > most) {
      throw LatticeLiftException.badData(
          what + (most + 1) + " reach beyond the environment of a vacancy",
          key + ", crystal '" + crystal.name() + "'",
          "at most " + most + " shells, which lie within the cut-off wherever the hop leads",
          "Give fewer shells or a crystal with a larger cut-off");
    }
  }

  /** How many shells of pairs a crystal allows: 3 for bcc, 1 for fcc. */
  public static int mostPairShells(Crystal crystal) {
    EnvironmentGeometry geometry = crystal.environment(0);
    int target = geometry.hopTarget(0);
    EnvironmentGeometry there = crystal.environment(geometry.basis(target));
    int[] inside = new int[there.shellCount() + 1];
    for (int shell : shellsOfTarget(crystal, 0, target, there.shellCount())) {
      inside[shell]++;
    }
    int most = 0;
    while (most < there.shellCount()
        && inside[most + 1] + (most + 1 == there.shellOf(there.hopTarget(0)) ? 1 : 0)
            == there.shell(most + 1).size()) {
      most++;
    }
    return most;
  }

  /** How many shells around the saddle point a crystal allows. */
  public static int mostSaddleShells(Crystal crystal) {
    // A sphere around the middle that lies within the environment has all of its sites there.
    double whole = crystal.spec().cutoff() - crystal.spec().hopLength() / 2 + TOLERANCE;
    double[] distance = saddleDistances(crystal, 0, crystal.environment(0).hopTarget(0));
    return (int) distinct(distance).stream().filter(d -> d <= whole).count();
  }

  /**
   * For each lab site of the vacancy its shell as seen from the target, 0 beyond the last. Sites
   * beyond the environment of the vacancy are left out.
   */
  private static int[] shellsOfTarget(Crystal crystal, int basis, int target, int shells) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    SiteOffset hop = geometry.offset(target);
    EnvironmentGeometry there = crystal.environment(hop.basis());
    Map<SiteOffset, Integer> shellOf = new HashMap<>();
    for (int j = 0; j < there.sites(); j++) {
      SiteOffset o = there.offset(j);
      if (there.shellOf(j) <= shells) {
        shellOf.put(
            new SiteOffset(hop.dx() + o.dx(), hop.dy() + o.dy(), hop.dz() + o.dz(), o.basis()),
            there.shellOf(j));
      }
    }
    int[] seen = new int[geometry.sites()];
    for (int j = 0; j < seen.length; j++) {
      seen[j] = shellOf.getOrDefault(geometry.offset(j), 0);
    }
    return seen;
  }

  private static int[] shellsOfSaddle(Crystal crystal, int basis, int target, int shells) {
    double[] distance = saddleDistances(crystal, basis, target);
    List<Double> distances = distinct(distance);
    int[] shell = new int[distance.length];
    for (int j = 0; j < shell.length; j++) {
      for (int k = 0; k < shells; k++) {
        if (Math.abs(distances.get(k) - distance[j]) < TOLERANCE) {
          shell[j] = k + 1;
        }
      }
    }
    return shell;
  }

  /** Distances of the sites from the middle of a hop, Å; of its target infinity. */
  private static double[] saddleDistances(Crystal crystal, int basis, int target) {
    EnvironmentGeometry geometry = crystal.environment(basis);
    double[] end = crystal.spec().vector(basis, geometry.offset(target));
    double[] distance = new double[geometry.sites()];
    for (int j = 0; j < distance.length; j++) {
      double[] site = crystal.spec().vector(basis, geometry.offset(j));
      double squares = 0;
      for (int axis = 0; axis < end.length; axis++) {
        double along = site[axis] - end[axis] / 2;
        squares += along * along;
      }
      distance[j] = j == target ? Double.POSITIVE_INFINITY : Math.sqrt(squares);
    }
    return distance;
  }

  private static List<Double> distinct(double[] distance) {
    double[] sorted = distance.clone();
    Arrays.sort(sorted);
    List<Double> distinct = new ArrayList<>();
    for (double d : sorted) {
      if (distinct.isEmpty() || d > distinct.get(distinct.size() - 1) + TOLERANCE) {
        distinct.add(d);
      }
    }
    return distinct;
  }

  /** The site that the vacancy would move to, and from which the atom jumps. */
  public int target() {
    return target;
  }

  /** Shell of pairs of a site as seen from the atom before the hop; 0 if it is in none. */
  public int before(int site) {
    return fromTarget[site];
  }

  /** Shell of pairs of a site as seen from the atom after the hop; 0 if it is in none. */
  public int after(int site) {
    return fromVacancy[site];
  }

  /** Shell around the saddle point of a site; 0 if it is in none. */
  public int saddle(int site) {
    return fromSaddle[site];
  }
}
