package org.latticelift.learn.certificate;

import java.util.Arrays;

/**
 * What is added to the drift of a model and what its noise is multiplied with, in its scaled
 * variables and time: delta_i(z) = sum_p a_ip t_p(z - centre), t its terms. Beyond the states that
 * it was found from it is what it is at their edge.
 *
 * @param terms t, p of them
 * @param drift a, [d][p]
 * @param noise factor of each row of sigma, d
 * @param centre of the states, d
 * @param low smallest state, d
 * @param high largest state, d
 */
record Correction(
    DriftTerms terms,
    double[][] drift,
    double[] noise,
    double[] centre,
    double[] low,
    double[] high) {

  static Correction none(int variables) {
    double[] zero = new double[variables];
    double[] one = new double[variables];
    Arrays.fill(one, 1);
    DriftTerms straight = DriftTerms.straight(variables);
    return new Correction(straight, new double[variables][straight.count()], one, zero, zero, zero);
  }

  /**
   * Where a state lies from the centre, as far as the correction is known ({@code z}: state, d;
   * {@code offset}: written, d).
   */
  void offset(double[] z, double[] offset) {
    for (int j = 0; j < z.length; j++) {
      offset[j] = Math.min(high[j], Math.max(low[j], z[j])) - centre[j];
    }
  }

  /** delta of one variable ({@code values}: of the terms at the offset). */
  double delta(int variable, double[] values) {
    double delta = 0;
    for (int p = 0; p < values.length; p++) {
      delta += drift[variable][p] * values[p];
    }
    return delta;
  }
}
