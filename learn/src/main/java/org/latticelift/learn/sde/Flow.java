package org.latticelift.learn.sde;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Where states of the pairs of a condition go on average, in physical variables, and what their
 * increments say of the drift in the middle of the pairs.
 *
 * <p>A drift mu, a polynomial in the state, is fitted to the pairs of each condition so that its
 * solution over their durations, phi(z), is right in the mean, however long these are compared with
 * a relaxation: pairs are compared with phi(z), what they differ by is added to mu in the middle,
 * and mu is fitted again, a few times. A turned increment is then h mu in the middle and what the
 * pair differs from phi(z) by; so a mean that the polynomial does not describe is kept. The
 * difference, which is noise, is multiplied with (1 + Dq)^(-1/2) to have the covariance h Sigma,
 * with q(z) the mean increment from z, another polynomial.
 */
public final class Flow {
  /** Pairs for each coefficient of a polynomial, at least. */
  private static final int ENOUGH = 30;

  /** Of moments, for terms of second and third order. */
  private static final double RIDGE = 1e-4;

  /** So that a direction that no pair shows has no slope. */
  private static final double LEAST = 1e-9;

  /** Means change by less than a hundredth of their noise after so many fits of the drift. */
  private static final int FITS = 5;

  /** Of Runge and Kutta in a pair; the first half of them leads to its middle. */
  private static final int STEPS = 4;

  private static final int STAGES = 4;

  /** A polynomial says nothing far outside of the states that it was fitted to. */
  private static final double BEYOND = 1.3;

  private final int d;
  private final double[] state;
  private final double[] expected;
  private final double[] dt;
  private final double[] runs;
  private final int[][] rows;
  private final Fitted[] fitted;

  /**
   * Takes pairs. Those of a condition are fitted when the first of them is to be turned.
   *
   * @param state before, [n,d]
   * @param expected increments, or a quantity of the same mean given the state and less noise,
   *     [n,d]
   * @param dt durations, [n]
   * @param runs what each is the mean of, [n]
   * @param condition index of each pair's, [n]
   */
  public Flow(
      int d, double[] state, double[] expected, double[] dt, double[] runs, int[] condition) {
    this.d = d;
    this.state = state;
    this.expected = expected;
    this.dt = dt;
    this.runs = runs;
    this.rows = new int[Arrays.stream(condition).max().orElse(-1) + 1][];
    Arrays.setAll(
        rows, c -> IntStream.range(0, condition.length).filter(k -> condition[k] == c).toArray());
    this.fitted = new Fitted[rows.length];
  }

  private Fitted at(int condition) {
    if (fitted[condition] == null) {
      fitted[condition] = new Fitted(rows[condition]);
    }
    return fitted[condition];
  }

  /**
   * What increments, or quantities of their mean, say of the drift in the middle of the pairs.
   *
   * @param before state, [n,d]
   * @param after state, [n,d]
   * @param times durations, [n]
   * @param condition index of each pair's, [n]
   */
  public TurnedPairs turned(double[] before, double[] after, double[] times, int[] condition) {
    double[] middle = new double[before.length];
    double[] turned = new double[before.length];
    double[] rate = new double[d];
    double[] left = new double[d];
    for (int k = 0; k < times.length; k++) {
      Fitted of = at(condition[k]);
      of.follow(before, k, times[k]);
      for (int i = 0; i < d; i++) {
        left[i] = after[k * d + i] - of.end(i);
      }
      of.turn(before, k, times[k], left);
      of.inTheMiddle(rate);
      for (int i = 0; i < d; i++) {
        middle[k * d + i] = of.middle(i);
        turned[k * d + i] = middle[k * d + i] + times[k] * rate[i] + left[i];
      }
    }
    return new TurnedPairs(middle, turned);
  }

  /**
   * Turns quantities whose mean is zero given the state before, such as martingales: (1 +
   * Dq)^(-1/2) v.
   *
   * @param before state, [n,d]
   * @param values of the first variables, [n,m] with m at most d
   * @param times durations, [n]
   * @param condition index of each pair's, [n]
   * @return of the same variables, [n,m]
   */
  public double[] turnedNoise(double[] before, double[] values, double[] times, int[] condition) {
    int m = condition.length == 0 ? 0 : values.length / condition.length;
    double[] turned = new double[values.length];
    double[] value = new double[d];
    for (int k = 0; m > 0 && k < condition.length; k++) {
      Arrays.fill(value, 0);
      System.arraycopy(values, k * m, value, 0, m);
      at(condition[k]).turn(before, k, times[k], value);
      System.arraycopy(value, 0, turned, k * m, m);
    }
    return turned;
  }

  /** The polynomials of one condition, in standardised variables. */
  private final class Fitted {
    private final List<int[]> terms;
    private final double[] mean = new double[d];
    private final double[] scale = new double[d];
    private final double[] limit = new double[d];

    /** Coefficients of q over h and of mu, [terms, variables]. */
    private final double[][] secant;

    private double[][] drift;

    private final double[] values;
    private final double[] bounded = new double[d];
    private final double[] place = new double[d];
    private final double[] stage = new double[d];
    private final double[][] slope = new double[STAGES][d];
    private final double[] start = new double[d];
    private final double[] middle = new double[d];
    private final double[] jacobian = new double[d * d];
    private final double[] once = new double[d];
    private final double[] twice = new double[d];

    Fitted(int[] of) {
      for (int i = 0; i < d; i++) {
        for (int k : of) {
          mean[i] += state[k * d + i] / of.length;
        }
        for (int k : of) {
          scale[i] += Math.pow(state[k * d + i] - mean[i], 2) / of.length;
        }
        scale[i] = scale[i] > 0 ? Math.sqrt(scale[i]) : 1;
        for (int k : of) {
          double away = Math.abs(state[k * d + i] - mean[i]) / scale[i];
          limit[i] = Math.max(limit[i], BEYOND * away);
        }
      }
      terms = Baseline.termsOf(d, of.length / ENOUGH);
      values = new double[terms.size()];
      secant = fit(of, false);
      drift = secant;
      for (int again = 0; again < FITS && terms.size() > 1; again++) {
        drift = fit(of, true);
      }
    }

    /**
     * Least squares of rates, weighted by what their noise is: as they are at the states before, or
     * as mu has them in the middle of a pair with what the pair differs by.
     */
    private double[][] fit(int[] of, boolean inTheMiddle) {
      int p = terms.size();
      double[][] moments = new double[p][p];
      RealMatrix products = new Array2DRowRealMatrix(p, d);
      double[] rate = new double[d];
      for (int k : of) {
        double weight = dt[k] * runs[k];
        if (inTheMiddle) {
          follow(state, k, dt[k]);
          rate(middle, drift, rate);
          for (int i = 0; i < d; i++) {
            rate[i] += (state[k * d + i] + expected[k * d + i] - end(i)) / scale[i] / dt[k];
          }
        } else {
          standard(state, k, place);
          Baseline.values(terms, place, values);
          Arrays.setAll(rate, i -> expected[k * d + i] / scale[i] / dt[k]);
        }
        for (int a = 0; a < p; a++) {
          double left = weight * values[a];
          for (int b = 0; b <= a; b++) {
            moments[a][b] += left * values[b];
          }
          for (int i = 0; i < d; i++) {
            products.addToEntry(a, i, left * rate[i]);
          }
        }
      }
      for (int a = 0; a < p; a++) {
        for (int b = 0; b < a; b++) {
          moments[b][a] = moments[a][b];
        }
        double size = moments[a][a];
        moments[a][a] += size > 0 ? size * (terms.get(a).length > 1 ? RIDGE : LEAST) : 1;
      }
      return new CholeskyDecomposition(
              new Array2DRowRealMatrix(moments, false), Double.MAX_VALUE, 0)
          .getSolver()
          .solve(products)
          .getData();
    }

    private void standard(double[] of, int k, double[] z) {
      for (int i = 0; i < d; i++) {
        z[i] = (of[k * d + i] - mean[i]) / scale[i];
      }
    }

    /** Rates of coefficients at a state; leaves the terms there in {@link #values}. */
    private void rate(double[] z, double[][] coefficients, double[] rate) {
      for (int i = 0; i < d; i++) {
        bounded[i] = Math.max(-limit[i], Math.min(limit[i], z[i]));
      }
      Baseline.values(terms, bounded, values);
      Arrays.fill(rate, 0);
      for (int t = 0; t < values.length; t++) {
        double value = values[t];
        double[] of = coefficients[t];
        for (int i = 0; i < d; i++) {
          rate[i] += value * of[i];
        }
      }
    }

    /** Follows mu from a state through the middle of a duration to its end. */
    void follow(double[] before, int k, double h) {
      standard(before, k, start);
      System.arraycopy(start, 0, place, 0, d);
      double step = h / STEPS;
      for (int n = 0; n < STEPS; n++) {
        rate(place, drift, slope[0]);
        for (int s = 1; s < STAGES; s++) {
          double part = s < STAGES - 1 ? step / 2 : step;
          for (int i = 0; i < d; i++) {
            stage[i] = place[i] + part * slope[s - 1][i];
          }
          rate(stage, drift, slope[s]);
        }
        for (int i = 0; i < d; i++) {
          double sum = slope[0][i] + 2 * slope[1][i] + 2 * slope[2][i] + slope[3][i];
          double to = place[i] + step / 6 * sum;
          double far = Math.max(limit[i], Math.abs(start[i]));
          place[i] = Math.max(-far, Math.min(far, to));
        }
        if (n == STEPS / 2 - 1) {
          System.arraycopy(place, 0, middle, 0, d);
        }
      }
    }

    /** Where {@link #follow} has led to. */
    double end(int i) {
      return mean[i] + scale[i] * place[i];
    }

    /** Where {@link #follow} was in the middle. */
    double middle(int i) {
      return mean[i] + scale[i] * middle[i];
    }

    /** mu there. */
    void inTheMiddle(double[] rate) {
      rate(middle, drift, rate);
      for (int i = 0; i < d; i++) {
        rate[i] *= scale[i];
      }
    }

    /** (1 - Dq/2 + 3 Dq^2/8) v. */
    void turn(double[] before, int k, double h, double[] v) {
      jacobian(before, k, h);
      times(v, once);
      times(once, twice);
      for (int i = 0; i < d; i++) {
        v[i] += -once[i] / 2 + 3 * twice[i] / 8;
      }
    }

    private void times(double[] v, double[] product) {
      for (int i = 0; i < d; i++) {
        product[i] = 0;
        for (int j = 0; j < d; j++) {
          product[i] += jacobian[i * d + j] * v[j];
        }
      }
    }

    /** Dq of a state, d x d row-major: rows are increments, physical variables. */
    private void jacobian(double[] before, int k, double h) {
      Arrays.fill(jacobian, 0);
      standard(before, k, start);
      for (int t = 0; t < values.length; t++) {
        int[] term = terms.get(t);
        for (int at = 0; at < term.length; at++) {
          double others = h;
          for (int other = 0; other < term.length; other++) {
            others *= other == at ? 1 : start[term[other]];
          }
          int by = term[at];
          for (int i = 0; i < d; i++) {
            jacobian[i * d + by] += secant[t][i] * others * scale[i] / scale[by];
          }
        }
      }
    }
  }
}
