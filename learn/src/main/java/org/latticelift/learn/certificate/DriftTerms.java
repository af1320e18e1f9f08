package org.latticelift.learn.certificate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.sde.SdeModel;

/**
 * What a correction of the drift is a sum of: products of offsets of the state from a centre. A
 * constant and a slope in each variable are enough about one late mean. Where a mirror image is as
 * probable, states live about two, between which the drift has another sign twice: then there are
 * also all products of two variables, and the cubes of those that change their sign.
 *
 * @param factors variables of each product, ascending; the first has none
 */
record DriftTerms(int[][] factors) {
  static DriftTerms straight(int variables) {
    List<int[]> factors = new ArrayList<>();
    factors.add(new int[0]);
    for (int i = 0; i < variables; i++) {
      factors.add(new int[] {i});
    }
    return new DriftTerms(factors.toArray(int[][]::new));
  }

  /** Those of variables with these signs in a mirror image. */
  static DriftTerms of(int[] sign) {
    int d = sign.length;
    List<int[]> factors = new ArrayList<>(List.of(straight(d).factors));
    if (Arrays.stream(sign).anyMatch(each -> each < 0)) {
      for (int i = 0; i < d; i++) {
        for (int j = i; j < d; j++) {
          factors.add(new int[] {i, j});
        }
      }
      for (int i = 0; i < d; i++) {
        if (sign[i] < 0) {
          factors.add(new int[] {i, i, i});
        }
      }
    }
    return new DriftTerms(factors.toArray(int[][]::new));
  }

  int count() {
    return factors.length;
  }

  /** The sign of a term in the mirror image. */
  int sign(int term, int[] sign) {
    int product = 1;
    for (int i : factors[term]) {
      product *= sign[i];
    }
    return product;
  }

  double value(int term, double[] offset) {
    double product = 1;
    for (int i : factors[term]) {
      product *= offset[i];
    }
    return product;
  }

  /** All terms at offsets from the centre ({@code values}: written). */
  void values(double[] offset, double[] values) {
    for (int term = 0; term < values.length; term++) {
      values[term] = value(term, offset);
    }
  }

  /**
   * The matrix that takes coefficients to those of the same sum about another centre ({@code by}:
   * the other centre less that of the coefficients; zero where there are cubes).
   */
  double[][] moved(double[] by) {
    double[][] moved = new double[count()][count()];
    for (int term = 0; term < count(); term++) {
      int[] all = factors[term];
      for (int kept = 0; kept < 1 << all.length; kept++) {
        double share = 1;
        int[] left = new int[Integer.bitCount(kept)];
        int at = 0;
        for (int k = 0; k < all.length; k++) {
          if ((kept >> k & 1) == 1) {
            left[at++] = all[k];
          } else {
            share *= by[all[k]];
          }
        }
        if (share != 0) {
          moved[index(left)][term] += share;
        }
      }
    }
    return moved;
  }

  private int index(int[] product) {
    for (int term = 0; term < count(); term++) {
      if (Arrays.equals(factors[term], product)) {
        return term;
      }
    }
    throw new IllegalArgumentException("no such term: " + Arrays.toString(product));
  }

  /**
   * The symmetry of a drift whose mirror image is as probable: of a variable that changes its sign
   * it has the terms that do, of another those that do not.
   *
   * @param sign of each variable
   * @param fixed scaled value of each that its mirror image is about
   */
  record Mirror(int[] sign, double[] fixed) {
    /**
     * @param signs of the observables, or empty where there is no mirror image
     */
    static Mirror of(SdeModel model, int[] signs) {
      int[] independent = model.map().independent();
      int[] sign = new int[independent.length];
      double[] fixed = new double[sign.length];
      for (int i = 0; i < sign.length; i++) {
        sign[i] = independent[i] < signs.length ? signs[independent[i]] : 1;
        fixed[i] = model.scaling().toScaled(i, 0);
      }
      return new Mirror(sign, fixed);
    }

    /** Puts the centre of what changes its sign where the mirror is. */
    void centre(double[] centre) {
      for (int i = 0; i < sign.length; i++) {
        centre[i] = sign[i] < 0 ? fixed[i] : centre[i];
      }
    }

    /** Moments of all terms without those that one variable may not have. */
    RealMatrix allowed(RealMatrix moments, DriftTerms terms, int variable) {
      RealMatrix own = moments.copy();
      for (int a = 0; a < terms.count(); a++) {
        for (int b = 0; b < terms.count() && terms.sign(a, sign) != sign[variable]; b++) {
          own.setEntry(a, b, 0);
          own.setEntry(b, a, 0);
        }
      }
      return own;
    }
  }
}
