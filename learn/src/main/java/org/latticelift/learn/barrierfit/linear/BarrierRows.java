package org.latticelift.learn.barrierfit.linear;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.barrierfit.BarrierTable;
import org.latticelift.sim.vacancy.barrier.HopNeighbourhood;
import org.latticelift.sim.vacancy.crystal.Crystal;

/**
 * The known barriers of a table one by one, checked for what no model could be fitted to: hops onto
 * a vacancy, barriers that are all equal, repeats that contradict each other, and species of which
 * no atom jumps.
 *
 * <p>Rows belong to groups, which folds never divide: a group has all environments of a structure,
 * and all structures that have an environment in common.
 */
public final class BarrierRows {
  /** Repeats of one barrier may differ by this much where nothing is known of their noise, eV. */
  private static final double MOST_APART = 0.1;

  /** And by this many standard deviations of their difference where it is. */
  private static final double MOST_SIGMA = 6;

  private final BarrierTable table;
  private final Crystal crystal;
  private final int[] row;
  private final int[] group;
  private final int groups;
  private final int[] target;

  /** The repeats of each barrier that was calculated more than once; indices of this class. */
  private final List<int[]> repeats = new ArrayList<>();

  private BarrierRows(BarrierTable table, Crystal crystal) {
    this.table = table;
    this.crystal = crystal;
    row =
        IntStream.range(0, table.barrier().length)
            .filter(r -> !Float.isNaN(table.barrier()[r]))
            .toArray();
    target = new int[table.hops()];
    Arrays.setAll(target, d -> crystal.environment(0).hopTarget(d));
    int[] ofEnvironment = groups(table);
    group = Arrays.stream(row).map(r -> ofEnvironment[r / table.hops()]).toArray();
    int[] distinct = Arrays.stream(group).distinct().sorted().toArray();
    for (int i = 0; i < group.length; i++) {
      group[i] = Arrays.binarySearch(distinct, group[i]);
    }
    groups = distinct.length;
  }

  /**
   * Checks a table.
   *
   * @param noise standard deviation of the barriers, eV, where it is known
   * @throws LatticeLiftException (65) naming file and row of what is wrong
   */
  public static BarrierRows of(BarrierTable table, Crystal crystal, Optional<Double> noise) {
    if (table.sites() != crystal.environmentSize() || table.hops() != crystal.hopCount()) {
      throw LatticeLiftException.badData(
          "environments of " + table.sites() + " sites and " + table.hops() + " hops",
          table.origin().source(),
          crystal.environmentSize() + " sites and " + crystal.hopCount() + " hops",
          "Make the table for crystal " + crystal.name());
    }
    BarrierRows rows = new BarrierRows(table, crystal);
    rows.requireSome();
    rows.requireAtoms();
    rows.findRepeats(noise);
    return rows;
  }

  /** The smallest environment group of each environment, by structure and by equal codes. */
  private static int[] groups(BarrierTable table) {
    int[] parent = IntStream.range(0, table.size()).toArray();
    Map<Object, Integer> first = new HashMap<>();
    for (int e = 0; e < table.size(); e++) {
      String codes =
          new String(
              table.environment(),
              e * table.sites(),
              table.sites(),
              java.nio.charset.StandardCharsets.ISO_8859_1);
      for (Object key : List.of(table.structure()[e], codes)) {
        Integer other = first.putIfAbsent(key, e);
        if (other != null) {
          int a = root(parent, other);
          int b = root(parent, e);
          parent[Math.max(a, b)] = Math.min(a, b);
        }
      }
    }
    return IntStream.range(0, parent.length).map(e -> root(parent, e)).toArray();
  }

  private static int root(int[] parent, int of) {
    int e = of;
    while (parent[e] != e) {
      parent[e] = parent[parent[e]];
      e = parent[e];
    }
    return e;
  }

  private void requireSome() {
    double[] values = IntStream.range(0, size()).mapToDouble(this::barrier).distinct().toArray();
    if (values.length < 2) {
      throw LatticeLiftException.badData(
          size() == 0 ? "no barriers" : "all " + size() + " barriers are " + values[0] + " eV",
          table.origin().source(),
          "barriers that differ from environment to environment",
          "Check the table");
    }
  }

  private void requireAtoms() {
    boolean[] jumps = new boolean[species() + 1];
    for (int i = 0; i < size(); i++) {
      if (moving(i) == 0) {
        throw LatticeLiftException.badData(
            "a barrier of a hop onto a vacancy",
            where(i),
            "NaN, as no atom jumps",
            "Correct the environment or the barrier");
      }
      jumps[moving(i)] = true;
    }
    for (int s = 1; s < jumps.length; s++) {
      if (!jumps[s]) {
        throw LatticeLiftException.badData(
            "no barrier of a jumping " + table.speciesNames().get(s - 1),
            table.origin().source(),
            "barriers of atoms of each species",
            "Add some, or leave the species out of the table");
      }
    }
  }

  private void findRepeats(Optional<Double> noise) {
    double most = noise.map(n -> Math.sqrt(2) * MOST_SIGMA * n).orElse(MOST_APART);
    Map<String, List<Integer>> same = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      int e = environment(i);
      String key =
          new String(
                  table.environment(),
                  e * table.sites(),
                  table.sites(),
                  java.nio.charset.StandardCharsets.ISO_8859_1)
              + hop(i);
      List<Integer> before = same.computeIfAbsent(key, k -> new ArrayList<>());
      for (int other : before) {
        if (Math.abs(barrier(i) - barrier(other)) > most) {
          throw LatticeLiftException.badData(
              String.format(
                  java.util.Locale.ROOT,
                  "barriers %.3f and %.3f eV of the same hop",
                  barrier(other),
                  barrier(i)),
              where(other) + " and " + where(i),
              String.format(java.util.Locale.ROOT, "repeats within %.3f eV of each other", most),
              "Remove the wrong one");
        }
      }
      before.add(i);
    }
    same.values().stream()
        .filter(list -> list.size() > 1)
        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
        .sorted((a, b) -> Integer.compare(a[0], b[0]))
        .forEach(repeats::add);
  }

  public BarrierTable table() {
    return table;
  }

  public Crystal crystal() {
    return crystal;
  }

  public int species() {
    return table.species();
  }

  /** Number of barriers. */
  public int size() {
    return row.length;
  }

  /** Number of groups. */
  public int groups() {
    return groups;
  }

  public int group(int i) {
    return group[i];
  }

  public double barrier(int i) {
    return table.barrier()[row[i]];
  }

  public int environment(int i) {
    return row[i] / table.hops();
  }

  public int hop(int i) {
    return row[i] % table.hops();
  }

  /** Number of a barrier in the table: environment times hops plus hop. */
  public int tableRow(int i) {
    return row[i];
  }

  /** Code of the jumping atom. */
  public int moving(int i) {
    return code(i, target[hop(i)]);
  }

  /** Code at a site of the environment. */
  int code(int i, int site) {
    return table.environment()[environment(i) * table.sites() + site];
  }

  public String where(int i) {
    return table.where(row[i]);
  }

  /** The neighbourhoods of all hops with so many shells. */
  List<HopNeighbourhood> neighbourhoods(int pairShells, int saddleShells) {
    return IntStream.range(0, table.hops())
        .mapToObj(d -> HopNeighbourhood.of(crystal, 0, d, pairShells, saddleShells))
        .toList();
  }

  /**
   * The noise of the barriers, eV, from those that were calculated more than once; empty without
   * any. The second number is how many degrees of freedom it has.
   */
  Optional<double[]> noiseOfRepeats() {
    double squares = 0;
    int freedom = 0;
    for (int[] same : repeats) {
      double mean = Arrays.stream(same).mapToDouble(this::barrier).average().orElseThrow();
      for (int i : same) {
        squares += (barrier(i) - mean) * (barrier(i) - mean);
      }
      freedom += same.length - 1;
    }
    return freedom == 0
        ? Optional.empty()
        : Optional.of(new double[] {Math.sqrt(squares / freedom), freedom});
  }
}
