package org.latticelift.learn.sde;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.learn.sde.SdeArchitecture.ArchitectureErrors;

/**
 * A polynomial of the scaled state in front of the drift network, which then learns what is left.
 * Its terms are 1, all z_i and z_i z_j, and z_i z_j z_l of the first variables; every coefficient
 * is a polynomial in u = (x - centre) / width, where x is the scaled condition or its reciprocal
 * (the form in which rates depend on temperature).
 *
 * <p>A polynomial says nothing far from the states that it was fitted to. Around these lies an
 * ellipsoid whose centre depends on the condition as the coefficients do. From a state z outside,
 * drift is that of the point z' on its surface towards the centre, and a linear pull back, -pull (z
 * - z'): so nothing runs away, whatever the polynomial and the network say out there.
 *
 * @param cubic how many of the first variables have terms of third order
 * @param powers degree of the coefficients in u; 0 where there is one condition
 * @param reciprocal whether u is made from the reciprocal of the condition
 * @param centre of the trained conditions
 * @param width half of their range, positive
 * @param radius of the ellipsoid, in its own units
 * @param pull rate per unit of scaled time at which states outside come back
 */
public record Baseline(
    int cubic,
    int powers,
    boolean reciprocal,
    double centre,
    double width,
    double radius,
    double pull) {
  /** From the difference to the centre to the ellipsoid's own units, and back, [d,d]. */
  public static final String INWARD = "drift/region/inward/W";

  public static final String OUTWARD = "drift/region/outward/W";

  /** More terms would cost as much as the network. */
  private static final int MOST_TERMS = 70;

  private static final int MOST_POWERS = 3;

  public Baseline {
    if (cubic < 0) {
      throw ArchitectureErrors.bad("baseline.cubic", cubic, "an integer >= 0");
    }
    if (powers < 0 || powers > MOST_POWERS) {
      throw ArchitectureErrors.bad("baseline.powers", powers, "0 to " + MOST_POWERS);
    }
    if (!(width > 0) || !Double.isFinite(centre) || Double.isInfinite(width)) {
      throw ArchitectureErrors.bad("baseline.width", width, "a positive number");
    }
    if (!(radius > 0) || !(pull > 0) || Double.isInfinite(radius) || Double.isInfinite(pull)) {
      throw ArchitectureErrors.bad(
          "baseline.radius, pull", radius + ", " + pull, "two positive numbers");
    }
  }

  /**
   * The polynomial for some variables and trained conditions: third order in as many variables as
   * there may be terms for, and the highest degree in the condition that these conditions
   * determine.
   *
   * @param condition trained values, increasing
   */
  public static Baseline of(int variables, double[] condition) {
    boolean reciprocal = condition[0] > 0;
    double one = reciprocal ? 1 / condition[0] : condition[0];
    double last = condition[condition.length - 1];
    double other = reciprocal ? 1 / last : last;
    double width = Math.abs(one - other) / 2;
    return new Baseline(
        cubic(variables, MOST_TERMS),
        Math.min(MOST_POWERS, condition.length - 1),
        reciprocal,
        (one + other) / 2,
        width > 0 ? width : Math.max(1, Math.abs(one)),
        1,
        1);
  }

  /** The same with coefficients of another degree in the condition. */
  public Baseline withPowers(int degree) {
    return new Baseline(cubic, degree, reciprocal, centre, width, radius, pull);
  }

  /** The same with another ellipsoid. */
  public Baseline within(double size, double back) {
    return new Baseline(cubic, powers, reciprocal, centre, width, size, back);
  }

  /** u of a condition. */
  public double input(double condition) {
    return ((reciprocal ? 1 / condition : condition) - centre) / width;
  }

  /** The variables that are multiplied in each term, the constant first. */
  public List<int[]> terms(int variables) {
    return terms(variables, cubic);
  }

  /**
   * The terms that so many allow: of third order in as many of the first variables as possible,
   * else of second or first order, else the constant.
   */
  static List<int[]> termsOf(int variables, int most) {
    if (terms(variables, 0).size() <= most) {
      return terms(variables, cubic(variables, Math.min(most, MOST_TERMS)));
    }
    return terms(variables, 0).subList(0, variables < most ? 1 + variables : 1);
  }

  private static int cubic(int variables, int most) {
    int cubic = 0;
    while (cubic < variables && terms(variables, cubic + 1).size() <= most) {
      cubic++;
    }
    return cubic;
  }

  private static List<int[]> terms(int variables, int cubic) {
    List<int[]> terms = new ArrayList<>();
    terms.add(new int[0]);
    for (int i = 0; i < variables; i++) {
      terms.add(new int[] {i});
    }
    for (int i = 0; i < variables; i++) {
      for (int j = 0; j <= i; j++) {
        terms.add(new int[] {i, j});
      }
    }
    for (int i = 0; i < cubic; i++) {
      for (int j = 0; j <= i; j++) {
        for (int l = 0; l <= j; l++) {
          terms.add(new int[] {i, j, l});
        }
      }
    }
    return terms;
  }

  /** Values of the terms at a state. */
  public static void values(List<int[]> terms, double[] z, double[] values) {
    for (int t = 0; t < values.length; t++) {
      double product = 1;
      for (int i : terms.get(t)) {
        product *= z[i];
      }
      values[t] = product;
    }
  }

  /** The name of the coefficients of a power of u, [variables, terms]. */
  public static String parameter(int power) {
    return "drift/baseline" + power + "/W";
  }

  /**
   * The name of the coefficients of a power of u in the centre of the ellipsoid, [variables, 1].
   */
  public static String centre(int power) {
    return "drift/region/centre" + power + "/W";
  }
}
