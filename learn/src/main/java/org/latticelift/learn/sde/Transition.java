package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;

/**
 * What an increment over the duration h of a pair says of the drift mu and the covariance Sigma.
 *
 * <p>One step of Euler, as in the paper, takes the state to stay where it is meanwhile. But with
 * the drift's Jacobian J the mean increment is (e^(Jh) - 1) J^-1 mu: for a linear relaxation and h
 * a quarter of it the rate comes out 0.885 of the truth. Multiplied with e^(-Jh/2), increments have
 * the mean h mu (1 + (Jh)^2/24 + ...) and the covariance h Sigma (1 + (Jh)^2/6 + ...): of a quarter
 * of a relaxation 0.3 % and 1 % are left (EX-55).
 *
 * <p>Pairs say what J is by the flow over their duration: 1 + Dq = e^(Jh) with q(z) the mean
 * increment from z, so that e^(-Jh/2) = (1 + Dq)^(-1/2), here 1 - Dq/2 + 3 Dq^2/8: of a quarter of
 * a relaxation 0.3 % less, and bounded where a pair keeps nothing of a fast variable, which it then
 * does not resolve. q is a polynomial fitted to the pairs of a condition; its error counts by half,
 * and only in what is corrected.
 */
public enum Transition {
  /** A pair is one step of Euler (ME-20). */
  EULER,
  /** Increments are turned back to the middle of the pair. */
  MIDPOINT;

  /** How files and configurations call it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #key}; an error (65) names the words. */
  static Transition of(String key, String where) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                LatticeLiftException.badData(
                    "unknown transition '" + key + "'",
                    where,
                    "one of " + Arrays.stream(values()).map(Transition::key).toList(),
                    "Use a newer version of the program"));
  }

  /**
   * The states after the pairs of a file, as a model that was trained on them takes them.
   *
   * @param pairs with increments of the whole state
   * @param after which states after
   * @param variables observables that are trained; others are left as they are
   * @return states after of all observables, [n,m]
   */
  public double[] after(PairsFile pairs, PairColumn after, int[] variables) {
    double[] z1 = pairs.doubles(after);
    return this == EULER || z1.length == 0
        ? z1
        : new Turning(pairs, variables)
            .turned(
                pairs.doubles(PairColumn.Z0),
                z1,
                pairs.doubles(PairColumn.DT),
                pairs.ints(PairColumn.CONDITION));
  }

  /**
   * The same of joint evolutions ({@code pairs}: with joint evolutions, perhaps none); states after
   * of all observables, [n,m].
   */
  public double[] afterJoint(PairsFile pairs, int[] variables) {
    JointPairs joint = pairs.joint();
    return this == EULER || joint.count() == 0
        ? joint.z1()
        : new Turning(pairs, variables)
            .turned(joint.z0(), joint.z1(), joint.dt(), joint.condition());
  }

  /** The flow of the trained variables of a file, among all observables. */
  private static final class Turning {
    private final int[] variables;
    private final int m;
    private final Flow flow;

    Turning(PairsFile pairs, int[] variables) {
      this.variables = variables;
      this.m = pairs.observables().size();
      boolean means = pairs.has(PairColumn.MEAN_Z1);
      PairColumn compensator = means ? PairColumn.MEAN_COMPENSATOR : PairColumn.COMPENSATOR;
      double[] z0 = pairs.doubles(PairColumn.Z0);
      double[] expected = pairs.doubles(means ? PairColumn.MEAN_Z1 : PairColumn.Z1);
      for (int i = 0; i < expected.length; i++) {
        expected[i] -= z0[i];
      }
      if (pairs.has(compensator)) {
        double[] known = pairs.doubles(compensator);
        int n = expected.length / m;
        int width = known.length / n;
        for (int k = 0; k < n; k++) {
          System.arraycopy(known, k * width, expected, k * m, width);
        }
      }
      flow =
          new Flow(
              variables.length,
              trained(z0),
              trained(expected),
              pairs.doubles(PairColumn.DT),
              pairs.ints(PairColumn.CONDITION));
    }

    private double[] trained(double[] all) {
      int d = variables.length;
      double[] part = new double[all.length / m * d];
      Arrays.setAll(part, at -> all[at / d * m + variables[at % d]]);
      return part;
    }

    double[] turned(double[] before, double[] after, double[] dt, int[] condition) {
      double[] part = flow.turned(trained(before), trained(after), dt, condition);
      double[] turned = after.clone();
      int d = variables.length;
      for (int at = 0; at < part.length; at++) {
        turned[at / d * m + variables[at % d]] = part[at];
      }
      return turned;
    }
  }

  /** The flow over the pairs of every condition, in physical variables. */
  public static final class Flow {
    /** Pairs for each coefficient of a polynomial, at least. */
    private static final int ENOUGH = 30;

    /** A cubic of more terms would cost more than a training. */
    private static final int MOST_TERMS = 40;

    private static final int CUBIC = 3;

    /** Of moments, so that a direction that no pair shows has no slope. */
    private static final double RIDGE = 1e-9;

    private final int d;
    private final Polynomial[] conditions;
    private final double[] slopes;
    private final double[] once;
    private final double[] twice;

    /**
     * Fits.
     *
     * @param state before, [n,d]
     * @param expected increments, or a quantity of the same mean given the state and less noise,
     *     [n,d]
     * @param dt durations, [n]
     * @param condition index of each pair's, [n]
     */
    public Flow(int d, double[] state, double[] expected, double[] dt, int[] condition) {
      double[] rate = new double[expected.length];
      Arrays.setAll(rate, at -> expected[at] / dt[at / d]);
      this.d = d;
      this.slopes = new double[d * d];
      this.once = new double[d];
      this.twice = new double[d];
      int count = Arrays.stream(condition).max().orElse(-1) + 1;
      conditions = new Polynomial[count];
      for (int c = 0; c < count; c++) {
        int index = c;
        int[] rows =
            IntStream.range(0, condition.length).filter(k -> condition[k] == index).toArray();
        conditions[c] = Polynomial.of(d, state, rate, rows);
      }
    }

    /**
     * Turns increments back to the middle of their pairs.
     *
     * @param before state, [n,d]
     * @param after state, [n,d]
     * @param dt durations, [n]
     * @param condition index of each pair's, [n]
     * @return before plus the turned increment, [n,d]
     */
    public double[] turned(double[] before, double[] after, double[] dt, int[] condition) {
      double[] turned = before.clone();
      double[] increment = new double[d];
      double[] result = new double[d];
      for (int k = 0; k < condition.length; k++) {
        for (int i = 0; i < d; i++) {
          increment[i] = after[k * d + i] - before[k * d + i];
        }
        turn(before, k, dt[k], condition[k], increment, result);
        for (int i = 0; i < d; i++) {
          turned[k * d + i] += result[i];
        }
      }
      return turned;
    }

    /**
     * Turns other quantities of pairs, such as martingales: (1 + Dq)^(-1/2) v.
     *
     * @param before state, [n,d]
     * @param values of the first variables, [n,m] with m at most d
     * @param dt durations, [n]
     * @param condition index of each pair's, [n]
     * @return of the same variables, [n,m]
     */
    public double[] turnedValues(double[] before, double[] values, double[] dt, int[] condition) {
      int m = condition.length == 0 ? 0 : values.length / condition.length;
      double[] turned = new double[values.length];
      double[] value = new double[d];
      double[] result = new double[d];
      for (int k = 0; m > 0 && k < condition.length; k++) {
        Arrays.fill(value, 0);
        System.arraycopy(values, k * m, value, 0, m);
        turn(before, k, dt[k], condition[k], value, result);
        System.arraycopy(result, 0, turned, k * m, m);
      }
      return turned;
    }

    /** (1 - Dq/2 + 3 Dq^2/8) v. */
    private void turn(
        double[] before, int k, double dt, int condition, double[] v, double[] result) {
      conditions[condition].slopes(before, k, slopes);
      for (int i = 0; i < slopes.length; i++) {
        slopes[i] *= dt;
      }
      times(v, once);
      times(once, twice);
      for (int i = 0; i < d; i++) {
        result[i] = v[i] - once[i] / 2 + 3 * twice[i] / 8;
      }
    }

    private void times(double[] v, double[] product) {
      for (int i = 0; i < d; i++) {
        product[i] = 0;
        for (int j = 0; j < d; j++) {
          product[i] += slopes[i * d + j] * v[j];
        }
      }
    }

    /**
     * q(z) of one condition in standardised variables.
     *
     * @param degree 0 to 3
     * @param coefficients terms by variables
     */
    private record Polynomial(
        int d, int degree, double[] mean, double[] scale, double[][] coefficients) {
      static Polynomial of(int d, double[] state, double[] expected, int[] rows) {
        double[] mean = new double[d];
        double[] scale = new double[d];
        for (int i = 0; i < d; i++) {
          for (int k : rows) {
            mean[i] += state[k * d + i] / rows.length;
          }
          for (int k : rows) {
            scale[i] += Math.pow(state[k * d + i] - mean[i], 2) / rows.length;
          }
          scale[i] = scale[i] > 0 ? Math.sqrt(scale[i]) : 1;
        }
        int degree = CUBIC;
        while (degree > 0
            && (rows.length < ENOUGH * terms(d, degree)
                || degree == CUBIC && terms(d, degree) > MOST_TERMS)) {
          degree--;
        }
        Polynomial shape = new Polynomial(d, degree, mean, scale, new double[0][]);
        return new Polynomial(d, degree, mean, scale, shape.fit(state, expected, rows));
      }

      private static int terms(int d, int degree) {
        int terms = 1;
        for (int i = 1, of = 1; i <= degree; i++) {
          of = of * (d + i - 1) / i;
          terms += of;
        }
        return terms;
      }

      private double[][] fit(double[] state, double[] expected, int[] rows) {
        int p = terms(d, degree);
        RealMatrix moments = new Array2DRowRealMatrix(p, p);
        RealMatrix products = new Array2DRowRealMatrix(p, d);
        double[] x = new double[p];
        for (int k : rows) {
          monomials(standard(state, k), x);
          for (int a = 0; a < p; a++) {
            for (int b = 0; b < p; b++) {
              moments.addToEntry(a, b, x[a] * x[b]);
            }
            for (int i = 0; i < d; i++) {
              products.addToEntry(a, i, x[a] * expected[k * d + i]);
            }
          }
        }
        for (int a = 0; a < p; a++) {
          moments.addToEntry(a, a, RIDGE * Math.max(1, rows.length));
        }
        return new CholeskyDecomposition(moments).getSolver().solve(products).getData();
      }

      private double[] standard(double[] state, int k) {
        double[] z = new double[d];
        Arrays.setAll(z, i -> (state[k * d + i] - mean[i]) / scale[i]);
        return z;
      }

      /** 1, z_i, z_i z_j, z_i z_j z_l. */
      private void monomials(double[] z, double[] x) {
        int at = 0;
        x[at++] = 1;
        for (int i = 0; degree >= 1 && i < d; i++) {
          x[at++] = z[i];
          for (int j = 0; degree >= 2 && j <= i; j++) {
            x[at++] = z[i] * z[j];
            for (int l = 0; degree >= CUBIC && l <= j; l++) {
              x[at++] = z[i] * z[j] * z[l];
            }
          }
        }
      }

      /** Dq of a pair, d x d row-major: rows are increments. */
      void slopes(double[] state, int k, double[] slopes) {
        Arrays.fill(slopes, 0);
        double[] z = standard(state, k);
        int at = 1;
        for (int i = 0; degree >= 1 && i < d; i++) {
          add(slopes, at++, i, 1);
          for (int j = 0; degree >= 2 && j <= i; j++) {
            add(slopes, at, i, z[j]);
            add(slopes, at++, j, z[i]);
            for (int l = 0; degree >= CUBIC && l <= j; l++) {
              add(slopes, at, i, z[j] * z[l]);
              add(slopes, at, j, z[i] * z[l]);
              add(slopes, at++, l, z[i] * z[j]);
            }
          }
        }
      }

      private void add(double[] slopes, int term, int by, double derivative) {
        for (int i = 0; i < d; i++) {
          slopes[i * d + by] += coefficients[term][i] * derivative / scale[by];
        }
      }
    }
  }
}
