package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/** The flow over the pairs of every condition, in physical variables. */
public final class Flow {
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
  private void turn(double[] before, int k, double dt, int condition, double[] v, double[] result) {
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
