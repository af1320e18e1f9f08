package org.latticelift.sim.vacancy.build;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The shares of pairs among the bonds of a shell, which add up to 1. Those of unlike species are
 * given; those of like species follow, as the bonds of a species are its atoms times their
 * neighbours: q_ii + sum_j q_ij/2 = c_i.
 *
 * @param pairs of species
 * @param composition shares c of the species among the atoms
 * @param share q by pair; not modified
 */
public record PairShares(AtomPairs pairs, double[] composition, double[] share) {
  private static final double CONTRADICTION = 1e-6;

  /** How targets are given. */
  public enum Measure {
    /** Shares of the bonds of a shell. */
    SHARE,
    /** Parameters alpha_ij = 1 - p_ij/c_j of Warren and Cowley, p_ij the share of j around i. */
    WARREN_COWLEY
  }

  /** A random alloy; q_ij = 2 c_i c_j, q_ii = c_i^2. */
  public static PairShares random(AtomPairs pairs, double[] composition) {
    double[] share = new double[pairs.count()];
    for (int a = 0; a < pairs.kinds(); a++) {
      for (int b = a; b < pairs.kinds(); b++) {
        share[pairs.of(a, b)] = (a == b ? 1 : 2) * composition[a] * composition[b];
      }
    }
    return new PairShares(pairs, composition, share);
  }

  /**
   * Targets of a shell.
   *
   * @param given by the name of the pair; unlike pairs that are missing are those of a random alloy
   * @param where key of the configuration, for errors
   * @throws LatticeLiftException where no configuration can have them
   */
  public static PairShares of(
      AtomPairs pairs,
      double[] composition,
      Measure measure,
      Map<String, Double> given,
      String where) {
    PairShares random = random(pairs, composition);
    double[] share = random.share.clone();
    double[] like = new double[pairs.kinds()];
    Arrays.fill(like, Double.NaN);
    Set<Integer> named = new HashSet<>();
    given.forEach(
        (name, value) -> {
          int[] pair = pairs.find(name).orElseThrow(() -> unknown(name, pairs, where));
          if (!named.add(pairs.of(pair[0], pair[1]))) {
            throw LatticeLiftException.badData(
                "the pair " + name + " twice, as both of its species may come first",
                where,
                "each pair once",
                "Remove one of them");
          }
          double expected = random.share[pairs.of(pair[0], pair[1])];
          double q = measure == Measure.SHARE ? value : expected * (1 - value);
          if (pair[0] == pair[1]) {
            like[pair[0]] = q;
          } else {
            share[pairs.of(pair[0], pair[1])] = q;
          }
        });
    PairShares shares = new PairShares(pairs, composition, share);
    shares.follow();
    shares.requirePossible(measure, where);
    for (int a = 0; a < like.length; a++) {
      shares.requireAgreement(a, like[a], measure, where);
    }
    return shares;
  }

  private static LatticeLiftException unknown(String name, AtomPairs pairs, String where) {
    return LatticeLiftException.badData(
        "unknown pair '" + name + "'",
        where,
        "one of " + String.join(", ", pairs.names()),
        "Correct the name");
  }

  private void follow() {
    for (int a = 0; a < pairs.kinds(); a++) {
      double rest = composition[a];
      for (int b = 0; b < pairs.kinds(); b++) {
        rest -= b == a ? 0 : share[pairs.of(a, b)] / 2;
      }
      // a rounding below zero is none
      share[pairs.of(a, a)] = rest < 0 && rest > -CONTRADICTION ? 0 : rest;
    }
  }

  private void requirePossible(Measure measure, String where) {
    List<String> names = pairs.names();
    for (int k = 0; k < share.length; k++) {
      if (!(share[k] >= 0)) {
        throw LatticeLiftException.badData(
            String.format(
                Locale.ROOT,
                "no configuration has %s = %.6g, which makes %.6g of all bonds of the shell %s",
                names.get(k),
                value(k, measure),
                share[k],
                names.get(k)),
            where,
            "shares of bonds from 0 on, also of like pairs: q_ii = c_i - sum_j q_ij/2; that is"
                + " Warren-Cowley parameters up to 1",
            "Correct the targets or the composition");
      }
    }
  }

  private void requireAgreement(int a, double given, Measure measure, String where) {
    int k = pairs.of(a, a);
    if (Math.abs(given - share[k]) > CONTRADICTION) {
      throw LatticeLiftException.badData(
          pairs.names().get(k) + " contradicts the unlike pairs (sum rule)",
          where,
          String.format(
              Locale.ROOT, "%.8g, or no value, as it follows from them", value(k, measure)),
          "Remove like pairs, or name all unlike ones");
    }
  }

  private double value(int k, Measure measure) {
    return measure == Measure.SHARE ? share[k] : warrenCowley()[k];
  }

  /**
   * Parameters of Warren and Cowley; 1 - p_ij/c_j by pair, p_ij the share of j among the atoms
   * beside an atom i; 0 where a species has no atoms.
   */
  public double[] warrenCowley() {
    double[] alpha = new double[share.length];
    for (int a = 0; a < pairs.kinds(); a++) {
      double beside = 0; // twice the bonds of a with any, per bond
      for (int b = 0; b < pairs.kinds(); b++) {
        beside += 2 * directed(a, b);
      }
      for (int b = a; b < pairs.kinds(); b++) {
        double p = 2 * directed(a, b) / beside;
        alpha[pairs.of(a, b)] = beside == 0 || composition[b] == 0 ? 0 : 1 - p / composition[b];
      }
    }
    return alpha;
  }

  /**
   * The probability that the ends of a bond are two species, in this direction; q_ab/2, or q_aa.
   */
  double directed(int a, int b) {
    return share[pairs.of(a, b)] / (a == b ? 1 : 2);
  }
}
