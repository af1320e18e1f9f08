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
    return new MeasuredKappa(new CovarianceFactors(kappa), error, joint.count());
  }
}
