package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.learn.sde.CovarianceFactors;

/**
 * kappa from joint evolutions (EX-03). Patches that evolve with streams of their own are
 * independent by construction; in a joint evolution everything moves together. With the residuals r
 * of one drift given z, kappa of a variable is Var(r of the pairs) / Var(r of the joint
 * evolutions), both per unit of time. The drift is a quadratic polynomial of z at each condition,
 * fitted to the pairs. Conditions are weighted by their numbers of joint evolutions, which are the
 * few.
 *
 * @param factors kappa of each variable, for pairs as they are trained on
 * @param error standard error of each, of the joint evolutions alone
 * @param joint number of joint evolutions
 */
record MeasuredKappa(CovarianceFactors factors, double[] error, int joint) {
  /**
   * Measures.
   *
   * @param pairs as they are trained on
   * @param drift the same pairs with increments of smaller variance and equal mean, or the pairs
   * @param joint increments of the whole in joint evolutions, at the conditions of the pairs
   */
  static MeasuredKappa of(PairSet pairs, PairSet drift, PairSet joint) {
    int d = pairs.variables();
    double[] inverse = new double[d];
    double[] variance = new double[d];
    for (int c = 0; c < pairs.temperature().length; c++) {
      int[] few = rows(joint, c);
      if (few.length == 0) {
        continue;
      }
      double[][] coefficients = polynomial(drift, rows(drift, c));
      double[][] many = squares(pairs, rows(pairs, c), coefficients);
      double[][] whole = squares(joint, few, coefficients);
      double weight = (double) few.length / joint.count();
      for (int i = 0; i < d; i++) {
        double level = Arrays.stream(many[i]).average().orElseThrow();
        double mean = Arrays.stream(whole[i]).average().orElseThrow();
        double spread = Arrays.stream(whole[i]).map(x -> (x - mean) * (x - mean)).sum();
        inverse[i] += weight * mean / level;
        variance[i] += weight * weight * spread / few.length / few.length / (level * level);
      }
    }
    double[] kappa = new double[d];
    double[] error = new double[d];
    for (int i = 0; i < d; i++) {
      kappa[i] = 1 / inverse[i];
      error[i] = Math.sqrt(variance[i]) * kappa[i] * kappa[i];
    }
    return new MeasuredKappa(new CovarianceFactors(kappa), error, joint.count());
  }

  private static int[] rows(PairSet pairs, int condition) {
    return java.util.stream.IntStream.range(0, pairs.count())
        .filter(k -> pairs.condition()[k] == condition)
        .toArray();
  }

  /** Coefficients of the drift, d by terms: weighted least squares of dz/sqrt(dt). */
  private static double[][] polynomial(PairSet pairs, int[] rows) {
    int d = pairs.variables();
    CrossMoments moments = new CrossMoments(d, terms(d));
    double[] increment = new double[d];
    for (int k : rows) {
      double[] x = monomials(pairs, k);
      for (int i = 0; i < d; i++) {
        increment[i] = pairs.increment(k, i) / pairs.dt()[k];
      }
      moments.add(pairs.dt()[k], increment, x);
    }
    return moments.coefficients();
  }

  private static double[][] squares(PairSet pairs, int[] rows, double[][] coefficients) {
    int d = pairs.variables();
    double[][] squares = new double[d][rows.length];
    for (int at = 0; at < rows.length; at++) {
      int k = rows[at];
      double[] x = monomials(pairs, k);
      for (int i = 0; i < d; i++) {
        double drift = 0;
        for (int t = 0; t < x.length; t++) {
          drift += coefficients[i][t] * x[t];
        }
        double residual = pairs.increment(k, i) - drift * pairs.dt()[k];
        squares[i][at] = residual * residual / pairs.dt()[k];
      }
    }
    return squares;
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
