package org.latticelift.learn.train;

import java.util.HashMap;
import java.util.Map;

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
    for (int k = 0; k < training.count(); k++) {
      Cell cell = new Cell(training.condition()[k], training.group()[k]);
      byGroup
          .computeIfAbsent(cell, c -> new CrossMoments(variables, martingales))
          .add(1, increment(training, k), martingale(training, k));
    }
    byGroup.forEach(
        (cell, moments) ->
            byCondition
                .computeIfAbsent(cell.condition(), c -> new CrossMoments(variables, martingales))
                .add(moments, 1));
  }

  /** The pairs with Y as increments; also pairs that the moments are not from. */
  PairSet apply(PairSet pairs) {
    Map<Cell, double[][]> coefficients = new HashMap<>();
    double[] after = pairs.z1().clone();
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
    return pairs.withAfter(after);
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
   * The share of the noise of the increments that is left in Y: of their variance about a quadratic
   * drift, as what a drift explains is no noise.
   *
   * @param pairs increments
   * @param variates the same with Y
   * @return for every condition, d numbers; NaN where an increment does not vary
   */
  static double[][] noiseLeft(PairSet pairs, PairSet variates) {
    double[][] left = new double[pairs.temperature().length][];
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
}
