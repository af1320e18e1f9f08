package org.latticelift.sim.system;

import java.util.List;

/**
 * The observables of a system, which of them are independent, and how the others follow (DI-23):
 * all = matrix * independent + offset.
 *
 * @param names observable names, m of them
 * @param units their units
 * @param independent indices of the d independent observables
 * @param matrix m rows of d numbers
 * @param offset m numbers
 */
public record Macroscopics(
    List<String> names, List<String> units, int[] independent, double[][] matrix, double[] offset) {
  /**
   * Observables without any relation between them ({@code names}: observable names; {@code units}:
   * their units); identity map.
   */
  public static Macroscopics free(List<String> names, List<String> units) {
    int m = names.size();
    double[][] identity = new double[m][m];
    int[] all = new int[m];
    for (int i = 0; i < m; i++) {
      identity[i][i] = 1;
      all[i] = i;
    }
    return new Macroscopics(List.copyOf(names), List.copyOf(units), all, identity, new double[m]);
  }

  /** Number of observables; m. */
  public int size() {
    return names.size();
  }

  /**
   * A relation that observables obey, on average at least: the sum of weights times observables is
   * a constant.
   *
   * @param name what it holds for, such as a species
   * @param weights one per observable, in their order
   * @param constant value of the sum
   */
  public record LinearRelation(String name, double[] weights, double constant) {
    /**
     * By how much a relation is violated ({@code values}: all observables; whatever is behind them
     * does not count); weighted sum minus the constant.
     */
    public double residual(double[] values) {
      return sum(weights, values) - constant;
    }

    /**
     * A weighted sum, in the order of the observables ({@code weights}: one per observable; {@code
     * values}: at least as many); sum of the products.
     */
    public static double sum(double[] weights, double[] values) {
      double sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * values[i];
      }
      return sum;
    }
  }
}
