package org.latticelift.learn.train;

/**
 * Training pairs of the trained variables in physical units (ME-17).
 *
 * @param variables number d of trained variables
 * @param z0 state before, [N,d] row-major
 * @param z1 state before plus the patch's increment, [N,d]
 * @param dt duration of each pair, [N]
 * @param condition index of each pair's condition, [N]
 * @param temperature of each condition, increasing, in the unit of its parameter
 * @param group pairs of one group are never split between training and validation, [N]
 */
public record PairSet(
    int variables,
    double[] z0,
    double[] z1,
    double[] dt,
    int[] condition,
    double[] temperature,
    long[] group) {

  /**
   * Number of pairs.
   *
   * @return N
   */
  public int count() {
    return dt.length;
  }

  /**
   * Some of the pairs.
   *
   * @param rows indices
   * @return a copy in the order of the rows
   */
  public PairSet select(int[] rows) {
    int d = variables;
    int n = rows.length;
    PairSet part =
        new PairSet(
            d,
            new double[n * d],
            new double[n * d],
            new double[n],
            new int[n],
            temperature,
            new long[n]);
    for (int k = 0; k < n; k++) {
      System.arraycopy(z0, rows[k] * d, part.z0, k * d, d);
      System.arraycopy(z1, rows[k] * d, part.z1, k * d, d);
      part.dt[k] = dt[rows[k]];
      part.condition[k] = condition[rows[k]];
      part.group[k] = group[rows[k]];
    }
    return part;
  }
}
