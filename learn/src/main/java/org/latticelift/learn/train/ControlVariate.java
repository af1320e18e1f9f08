package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.latticelift.learn.sde.CovarianceFactors;

/**
 * The generator as control variate (EX-05): the drift is fitted to Y = dz - B M instead of dz. M,
 * the increment less the integral of the generator, has mean zero given the state before, so Y has
 * the mean of dz whatever the fixed matrix B is; B = E[dz M^T] E[M M^T]^-1 makes its variance
 * smallest. There is a B for every condition, and each group of pairs gets that of all other groups
 * of its condition, so that B never depends on the pair it is applied to. A condition with one
 * group only keeps its increments.
 */
final class ControlVariate {
  private final Map<Integer, CrossMoments> byCondition = new HashMap<>();
  private final Map<Cell, CrossMoments> byGroup = new HashMap<>();
  private final int variables;
  private final int martingales;

  private record Cell(int condition, long group) {}

  /** Collects the moments of the pairs that are trained on. */
  ControlVariate(PairSet training) {
    variables = training.variables();
    martingales = training.martingales();
    PairSet increments = training.targets();
    for (int k = 0; k < training.count(); k++) {
      Cell cell = new Cell(training.condition()[k], training.group()[k]);
      byGroup
          .computeIfAbsent(cell, c -> new CrossMoments(variables, martingales))
          .add(1, increment(increments, k), martingale(training, k));
    }
    byGroup.forEach(
        (cell, moments) ->
            byCondition
                .computeIfAbsent(cell.condition(), c -> new CrossMoments(variables, martingales))
                .add(moments, 1));
  }

  /** The pairs with Y as targets; also pairs that the moments are not from. */
  PairSet apply(PairSet pairs) {
    Map<Cell, double[][]> coefficients = new HashMap<>();
    double[] after = pairs.targets().z1().clone();
    for (int k = 0; k < pairs.count(); k++) {
      Cell cell = new Cell(pairs.condition()[k], pairs.group()[k]);
      double[][] b = coefficients.computeIfAbsent(cell, this::withoutItself);
      double[] m = martingale(pairs, k);
      for (int i = 0; i < variables; i++) {
        for (int j = 0; j < martingales; j++) {
          after[k * variables + i] -= b[i][j] * m[j];
        }
      }
    }
    return pairs.withTarget(after);
  }

  private double[][] withoutItself(Cell cell) {
    CrossMoments others = new CrossMoments(variables, martingales);
    CrossMoments all = byCondition.get(cell.condition());
    CrossMoments own = byGroup.get(cell);
    if (all == null || own != null && groups(cell.condition()) == 1) {
      return new double[variables][martingales];
    }
    others.add(all, 1);
    if (own != null) {
      others.add(own, -1);
    }
    return others.coefficients();
  }

  private long groups(int condition) {
    return byGroup.keySet().stream().filter(cell -> cell.condition() == condition).count();
  }

  /**
   * The share of the noise of the increments that is left in the targets: of their variance about a
   * quadratic drift, as what a drift explains is no noise, for every condition, d numbers; NaN
   * where an increment does not vary.
   */
  static double[][] noiseLeft(PairSet pairs) {
    PairSet variates = pairs.targets();
    double[][] left = new double[pairs.values().length][];
    for (int c = 0; c < left.length; c++) {
      int[] rows = variates.rowsAt(c);
      double[] before = QuadraticDrift.of(pairs, rows).noise(pairs, rows);
      left[c] = QuadraticDrift.of(variates, rows).noise(variates, rows);
      for (int i = 0; i < left[c].length; i++) {
        left[c][i] /= before[i];
      }
    }
    return left;
  }

  private static double[] increment(PairSet pairs, int k) {
    double[] increment = new double[pairs.variables()];
    for (int i = 0; i < increment.length; i++) {
      increment[i] = pairs.increment(k, i);
    }
    return increment;
  }

  private static double[] martingale(PairSet pairs, int k) {
    int m = pairs.martingales();
    double[] martingale = new double[m];
    System.arraycopy(pairs.martingale(), k * m, martingale, 0, m);
    return martingale;
  }

  /**
   * The drift at one condition as a quadratic polynomial of the variables, fitted to pairs:
   * weighted least squares of dz/sqrt(dt). {@code coefficients}: variables by terms.
   */
  record QuadraticDrift(double[][] coefficients) {
    static QuadraticDrift of(PairSet pairs, int[] rows) {
      int d = pairs.variables();
      CrossMoments moments = new CrossMoments(d, terms(d));
      double[] increment = new double[d];
      for (int k : rows) {
        for (int i = 0; i < d; i++) {
          increment[i] = pairs.increment(k, i) / pairs.dt()[k];
        }
        moments.add(pairs.dt()[k], increment, monomials(pairs, k));
      }
      return new QuadraticDrift(moments.coefficients());
    }

    /** The increment of every variable that is expected of a pair. */
    double[] increment(PairSet pairs, int k) {
      double[] x = monomials(pairs, k);
      double[] expected = new double[coefficients.length];
      for (int i = 0; i < expected.length; i++) {
        double drift = 0;
        for (int t = 0; t < x.length; t++) {
          drift += coefficients[i][t] * x[t];
        }
        expected[i] = drift * pairs.dt()[k];
      }
      return expected;
    }

    /**
     * What increments differ by from those expected: squares per unit of time; variables by rows.
     */
    double[][] squares(PairSet pairs, int[] rows) {
      double[][] squares = new double[coefficients.length][rows.length];
      for (int at = 0; at < rows.length; at++) {
        int k = rows[at];
        double[] expected = increment(pairs, k);
        for (int i = 0; i < expected.length; i++) {
          double residual = pairs.increment(k, i) - expected[i];
          squares[i][at] = residual * residual / pairs.dt()[k];
        }
      }
      return squares;
    }

    /** The mean of these; NaN of no rows. */
    double[] noise(PairSet pairs, int[] rows) {
      return Arrays.stream(squares(pairs, rows))
          .mapToDouble(each -> Arrays.stream(each).average().orElse(Double.NaN))
          .toArray();
    }

    private static int terms(int d) {
      return 1 + d + d * (d + 1) / 2;
    }

    /** 1, z_i, z_i z_j. */
    private static double[] monomials(PairSet pairs, int k) {
      int d = pairs.variables();
      double[] x = new double[terms(d)];
      int at = 0;
      x[at++] = 1;
      for (int i = 0; i < d; i++) {
        double zi = pairs.z0()[k * d + i];
        x[at++] = zi;
        for (int j = 0; j <= i; j++) {
          x[at++] = zi * pairs.z0()[k * d + j];
        }
      }
      return x;
    }
  }

  /**
   * Sums of products of responses y and regressors x, from which a linear regression follows. Sums
   * of parts can be taken off again, which leaves the regression of the other parts.
   */
  static final class CrossMoments {
    /** Directions of x with less than this share of the largest singular value carry nothing. */
    private static final double NEGLIGIBLE = 1e-12;

    private final double[][] yx;
    private final double[][] xx;

    CrossMoments(int responses, int regressors) {
      yx = new double[responses][regressors];
      xx = new double[regressors][regressors];
    }

    void add(double weight, double[] y, double[] x) {
      for (int j = 0; j < x.length; j++) {
        for (int i = 0; i < y.length; i++) {
          yx[i][j] += weight * y[i] * x[j];
        }
        for (int i = 0; i < x.length; i++) {
          xx[i][j] += weight * x[i] * x[j];
        }
      }
    }

    /** Adds all samples of another, a factor of 1, or takes them off, -1. */
    void add(CrossMoments other, int factor) {
      add(yx, other.yx, factor);
      add(xx, other.xx, factor);
    }

    private static void add(double[][] to, double[][] from, int factor) {
      for (int i = 0; i < to.length; i++) {
        for (int j = 0; j < to[i].length; j++) {
          to[i][j] += factor * from[i][j];
        }
      }
    }

    /**
     * The coefficients B of the least-squares fit y = B x, of least norm where several fit;
     * responses by regressors.
     */
    double[][] coefficients() {
      RealMatrix moments = new Array2DRowRealMatrix(xx);
      double[] scale = new double[xx.length];
      for (int i = 0; i < scale.length; i++) {
        scale[i] = xx[i][i] > 0 ? 1 / Math.sqrt(xx[i][i]) : 0;
      }
      for (int i = 0; i < scale.length; i++) {
        for (int j = 0; j < scale.length; j++) {
          moments.multiplyEntry(i, j, scale[i] * scale[j]);
        }
      }
      SingularValueDecomposition parts = new SingularValueDecomposition(moments);
      double[] values = parts.getSingularValues();
      double[][] b = new double[yx.length][xx.length];
      for (int k = 0; k < values.length && values[k] > NEGLIGIBLE * values[0]; k++) {
        for (int i = 0; i < b.length; i++) {
          double projection = 0;
          for (int j = 0; j < scale.length; j++) {
            projection += yx[i][j] * scale[j] * parts.getU().getEntry(j, k);
          }
          for (int j = 0; j < scale.length; j++) {
            b[i][j] += projection / values[k] * parts.getV().getEntry(j, k) * scale[j];
          }
        }
      }
      return b;
    }
  }

  /**
   * kappa from joint evolutions (EX-03). Patches that evolve with streams of their own are
   * independent by construction; in a joint evolution everything moves together. With the residuals
   * r of one drift given z, kappa of a variable is Var(r of the pairs) / Var(r of the joint
   * evolutions), both per unit of time. The drift is a quadratic polynomial of z at each condition,
   * fitted to the pairs. Conditions are weighted by their numbers of joint evolutions, which are
   * the few.
   *
   * @param factors kappa of each variable, for pairs as they are trained on
   * @param error standard error of each, of the joint evolutions alone; empty where kappa was given
   */
  record KappaEstimate(CovarianceFactors factors, double[] error) {
    static KappaEstimate given(double kappa, int variables) {
      return new KappaEstimate(CovarianceFactors.uniform(kappa, variables), new double[0]);
    }

    /**
     * Measures ({@code joint}: increments of the whole in joint evolutions, at the conditions of
     * the pairs).
     */
    static KappaEstimate measured(PairSet pairs, PairSet joint) {
      PairSet drift = pairs.targets();
      int d = pairs.variables();
      double[] inverse = new double[d];
      double[] variance = new double[d];
      for (int c = 0; c < pairs.values().length; c++) {
        int[] few = joint.rowsAt(c);
        if (few.length == 0) {
          continue;
        }
        QuadraticDrift expected = QuadraticDrift.of(drift, drift.rowsAt(c));
        double[] many = expected.noise(pairs, pairs.rowsAt(c));
        double[][] whole = expected.squares(joint, few);
        double weight = (double) few.length / joint.count();
        for (int i = 0; i < d; i++) {
          double mean = Arrays.stream(whole[i]).average().orElseThrow();
          double spread = Arrays.stream(whole[i]).map(x -> (x - mean) * (x - mean)).sum();
          inverse[i] += weight * mean / many[i];
          variance[i] += weight * weight * spread / few.length / few.length / (many[i] * many[i]);
        }
      }
      double[] kappa = new double[d];
      double[] error = new double[d];
      for (int i = 0; i < d; i++) {
        kappa[i] = 1 / inverse[i];
        error[i] = Math.sqrt(variance[i]) * kappa[i] * kappa[i];
      }
      return new KappaEstimate(new CovarianceFactors(kappa), error);
    }
  }

  /**
   * How fast large states move as a whole, over what their patches say. Patches whose buffer is too
   * narrow for the time they evolve are held back by what is frozen around them: those of 16 x 16
   * spins with a buffer of 4 move an eighth too slowly near the critical temperature in a time of
   * 128, and rightly in one of 32.
   *
   * <p>Joint evolutions are compared with the increments that a quadratic drift, fitted to the
   * pairs, expects of them.
   *
   * @param ratio by variable; 1 where patches add up
   * @param error standard error of each, of the joint evolutions alone
   */
  record WholeDrift(double[] ratio, double[] error) {
    private static final double STANDARD_ERRORS = 3;
    private static final double NEGLIGIBLE = 0.05;

    /** Compares ({@code joint}: increments of the whole, at the conditions of the pairs). */
    static WholeDrift of(PairSet pairs, PairSet joint) {
      PairSet patches = pairs.targets();
      int d = patches.variables();
      double[] squares = new double[d];
      double[] products = new double[d];
      double[][] expected = new double[joint.count()][];
      for (int c = 0; c < patches.values().length; c++) {
        int[] rows = joint.rowsAt(c);
        if (rows.length > 0) {
          QuadraticDrift drift = QuadraticDrift.of(patches, patches.rowsAt(c));
          for (int k : rows) {
            expected[k] = drift.increment(joint, k);
            for (int i = 0; i < d; i++) {
              double x = expected[k][i];
              squares[i] += x * x / joint.dt()[k];
              products[i] += x * joint.increment(k, i) / joint.dt()[k];
            }
          }
        }
      }
      double[] ratio = new double[d];
      double[] error = new double[d];
      for (int i = 0; i < d; i++) {
        ratio[i] = products[i] / squares[i];
        double sum = 0;
        for (int k = 0; k < expected.length; k++) {
          double x = expected[k][i];
          double term = x * (joint.increment(k, i) - ratio[i] * x) / joint.dt()[k];
          sum += term * term;
        }
        error[i] = Math.sqrt(sum) / squares[i];
      }
      return new WholeDrift(ratio, error);
    }

    /** Whether a variable moves otherwise, beyond chance and by more than matters. */
    boolean differs(int variable) {
      double off = Math.abs(ratio[variable] - 1);
      return off > NEGLIGIBLE && off > STANDARD_ERRORS * error[variable];
    }
  }
}
