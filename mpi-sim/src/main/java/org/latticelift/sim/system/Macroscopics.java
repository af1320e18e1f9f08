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
   * Observables without any relation between them.
   *
   * @param names observable names
   * @param units their units
   * @return identity map
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

  /**
   * Number of observables.
   *
   * @return m
   */
  public int size() {
    return names.size();
  }
}
