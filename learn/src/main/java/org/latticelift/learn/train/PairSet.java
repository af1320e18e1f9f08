package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Training pairs of the trained variables in physical units (ME-17).
 *
 * @param variables number d of trained variables
 * @param z0 state before, [N,d] row-major
 * @param z1 state before plus the increment, [N,d]
 * @param dt duration of each pair, [N]
 * @param condition index of each pair's condition, [N]
 * @param values of each condition, increasing, in the unit of its parameter
 * @param group pairs of one group are never split between training and validation, [N]
 * @param martingale increment of the trained observables less the integral of the generator, a
 *     quantity of mean zero given the state before (EX-05), [N,m]; empty where it is not known
 */
public record PairSet(
    int variables,
    double[] z0,
    double[] z1,
    double[] dt,
    int[] condition,
    double[] values,
    long[] group,
    double[] martingale) {

  /**
   * Pairs without martingales.
   *
   * @param z0 state before, [N,d]
   * @param z1 state after, [N,d]
   * @param dt durations, [N]
   * @param condition indices, [N]
   * @param group of each pair, [N]
   */
  public PairSet(
      int variables,
      double[] z0,
      double[] z1,
      double[] dt,
      int[] condition,
      double[] values,
      long[] group) {
    this(variables, z0, z1, dt, condition, values, group, new double[0]);
  }

  /** Number of pairs. */
  public int count() {
    return dt.length;
  }

  /** Number of martingales of each pair; m, or 0 where they are not known. */
  public int martingales() {
    return count() == 0 ? 0 : martingale.length / count();
  }

  /**
   * The increment of a variable ({@code pair}: 0 to N - 1; {@code variable}: 0 to d - 1); z1 - z0.
   */
  public double increment(int pair, int variable) {
    int at = pair * variables + variable;
    return z1[at] - z0[at];
  }

  /**
   * The same pairs with other states after ({@code after}: [N,d], not copied), without martingales.
   */
  public PairSet withAfter(double[] after) {
    return new PairSet(variables, z0, after, dt, condition, values, group);
  }

  /** The same pairs with martingales ({@code known}: [N,m], not copied), with these. */
  public PairSet withMartingale(double[] known) {
    return new PairSet(variables, z0, z1, dt, condition, values, group, known);
  }

  /**
   * The pairs, and after them the mirror image of each, in the groups of the pairs ({@code signs}:
   * -1 for variables that change their sign, 1 for the others, d).
   */
  public PairSet withMirrorImages(int[] signs) {
    int n = count();
    int[] rows = new int[2 * n];
    Arrays.setAll(rows, k -> k % n);
    PairSet twice = select(rows);
    flip(twice.z0, n * variables, signs);
    flip(twice.z1, n * variables, signs);
    flip(twice.martingale, n * martingales(), signs);
    return twice;
  }

  /** Changes signs from a place on; rows may have the first variables only. */
  private void flip(double[] values, int from, int[] signs) {
    int width = values.length / (2 * count());
    for (int i = from; i < values.length; i++) {
      values[i] *= signs[i % width];
    }
  }

  /** The pairs of a condition; their indices, ascending. */
  public int[] rowsAt(int index) {
    return IntStream.range(0, count()).filter(k -> condition[k] == index).toArray();
  }

  /** Some of the pairs; a copy in the order of the rows. */
  public PairSet select(int[] rows) {
    int n = rows.length;
    double[] times = new double[n];
    int[] conditions = new int[n];
    long[] groups = new long[n];
    for (int k = 0; k < n; k++) {
      times[k] = dt[rows[k]];
      conditions[k] = condition[rows[k]];
      groups[k] = group[rows[k]];
    }
    return new PairSet(
        variables,
        rows(z0, variables, rows),
        rows(z1, variables, rows),
        times,
        conditions,
        values,
        groups,
        rows(martingale, martingales(), rows));
  }

  private static double[] rows(double[] all, int width, int[] rows) {
    double[] part = new double[rows.length * width];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(all, rows[k] * width, part, k * width, width);
    }
    return part;
  }
}
