package org.latticelift.sim.system;

/**
 * A relation that observables obey, on average at least: the sum of weights times observables is a
 * constant.
 *
 * @param name what it holds for, such as a species
 * @param weights one per observable, in their order
 * @param constant value of the sum
 */
public record LinearRelation(String name, double[] weights, double constant) {
  /**
   * By how much a relation is violated.
   *
   * @param values all observables; whatever is behind them does not count
   * @return weighted sum minus the constant
   */
  public double residual(double[] values) {
    return sum(weights, values) - constant;
  }

  /**
   * A weighted sum, in the order of the observables.
   *
   * @param weights one per observable
   * @param values at least as many
   * @return sum of the products
   */
  public static double sum(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }
}
