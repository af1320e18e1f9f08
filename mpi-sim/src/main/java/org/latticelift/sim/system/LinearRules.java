package org.latticelift.sim.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.config.Binder.Doc;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/**
 * Sum rules among observables: of each rule one observable follows from the others, by Gaussian
 * elimination with the largest weight as the pivot, the last one of several.
 */
public final class LinearRules {
  /** A weight below this part of the largest one is rounding. */
  private static final double ROUNDING = 1e-12;

  /** By which samples may miss a rule, relative to the terms of its sum. */
  private static final double TOLERANCE = 1e-6;

  /** One rule, as configured. */
  public record Rule(
      @Doc("what the rule holds for, for messages and tables") String name,
      @Doc("weights of observables by name; 0 for the others") Map<String, Double> weights,
      @Doc("what weights times observables add up to") double constant) {
    /** With a weight for each observable ({@code key}: that names the rules, for messages). */
    public LinearRelation relation(List<String> observables, String key) {
      for (String each : weights.keySet()) {
        if (!observables.contains(each)) {
          throw mistake(
              "an observable " + each + " in rule '" + name + "'", key, "one of " + observables);
        }
      }
      double[] all = observables.stream().mapToDouble(o -> weights.getOrDefault(o, 0.0)).toArray();
      return new LinearRelation(name, all, constant);
    }
  }

  private LinearRules() {}

  private static LatticeLiftException mistake(String what, String key, String allowed) {
    return LatticeLiftException.badData(what, key, allowed, "Correct the rules");
  }

  /**
   * The observables with those that follow expressed by the independent ones ({@code key}: that
   * names the rules, for messages).
   */
  public static Macroscopics of(
      List<String> names, List<String> units, List<LinearRelation> relations, String key) {
    if (relations.isEmpty()) {
      return Macroscopics.free(names, units);
    }
    int m = names.size();
    double[][] rows =
        relations.stream()
            .map(
                r -> {
                  double[] row = java.util.Arrays.copyOf(r.weights(), m + 1);
                  row[m] = r.constant();
                  return row;
                })
            .toArray(double[][]::new);
    int[] pivots = new int[rows.length];
    for (int k = 0; k < rows.length; k++) {
      pivots[k] = pivot(rows[k], m, relations.get(k), key);
      eliminate(rows, k, pivots[k]);
    }
    int[] independent =
        IntStream.range(0, m)
            .filter(i -> IntStream.of(pivots).noneMatch(pivot -> pivot == i))
            .toArray();
    if (independent.length == 0) {
      throw mistake("as many rules as observables", key, "fewer rules");
    }
    double[][] matrix = new double[m][independent.length];
    double[] offset = new double[m];
    for (int i = 0; i < independent.length; i++) {
      matrix[independent[i]][i] = 1;
      for (int k = 0; k < rows.length; k++) {
        matrix[pivots[k]][i] = 0 - rows[k][independent[i]];
      }
    }
    for (int k = 0; k < rows.length; k++) {
      offset[pivots[k]] = rows[k][m];
    }
    return new Macroscopics(List.copyOf(names), List.copyOf(units), independent, matrix, offset);
  }

  private static int pivot(double[] row, int m, LinearRelation relation, String key) {
    double scale = IntStream.range(0, m).mapToDouble(i -> Math.abs(relation.weights()[i])).sum();
    int pivot = 0;
    for (int i = 0; i < m; i++) {
      pivot = Math.abs(row[i]) >= Math.abs(row[pivot]) ? i : pivot;
    }
    if (!(Math.abs(row[pivot]) > ROUNDING * scale)) {
      throw mistake(
          "rule '" + relation.name() + "' follows from the others, or contradicts them",
          key,
          "independent rules");
    }
    return pivot;
  }

  private static void eliminate(double[][] rows, int k, int pivot) {
    double by = rows[k][pivot];
    for (int i = 0; i < rows[k].length; i++) {
      rows[k][i] /= by;
    }
    for (int other = 0; other < rows.length; other++) {
      double factor = rows[other][pivot];
      for (int i = 0; other != k && i < rows[other].length; i++) {
        rows[other][i] -= factor * rows[k][i];
      }
    }
  }

  /**
   * Every state obeys every rule, or an error ({@code z}: states, row-major; {@code where}: what
   * they are; {@code key}: that names the rules).
   */
  public static void requireObeyed(
      List<LinearRelation> relations,
      List<String> observables,
      double[] z,
      String where,
      String key) {
    int m = observables.size();
    List<String> broken = new ArrayList<>();
    for (LinearRelation relation : relations) {
      for (int row = 0; row < z.length / m && broken.isEmpty(); row++) {
        double sum = 0;
        double size = Math.abs(relation.constant());
        for (int i = 0; i < m; i++) {
          double term = relation.weights()[i] * z[row * m + i];
          sum += term;
          size += Math.abs(term);
        }
        if (Math.abs(sum - relation.constant()) > TOLERANCE * size) {
          broken.add("sample " + (row + 1) + " has " + sum + " in place of " + relation.constant());
        }
      }
      if (!broken.isEmpty()) {
        throw mistake(
            "rule '" + relation.name() + "' does not hold in " + where + ": " + broken.get(0),
            key,
            "rules that every sample obeys");
      }
    }
  }
}
