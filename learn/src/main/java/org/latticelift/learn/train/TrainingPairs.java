package org.latticelift.learn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.lift.PairsFile.Column;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * The trained variables of the pairs of a file.
 *
 * @param pairs trained variables only
 * @param map to all observables
 * @param patches K, the default of kappa
 * @param quantities names and units of conditions and times
 */
record TrainingPairs(PairSet pairs, MacroscopicMap map, double patches, Quantities quantities) {
  /** Samples of one condition that stay together when pairs are split. */
  private static final long GROUP = 20;

  static TrainingPairs read(Path path, boolean independent, PairForm form) {
    try (PairsFile file = PairsFile.open(path)) {
      MacroscopicMap stored = file.macroscopics();
      MacroscopicMap map = independent ? stored : stored.withoutRelations();
      int m = file.observables().size();
      requireForm(file, form);
      double[] z0 = numbers(file, Column.Z0, m);
      double[] z1 = numbers(file, form.column(), m);
      PairSet pairs = pairs(file, map, columns(z0, map, m), columns(z1, map, m));
      check(pairs, path);
      Quantities quantities = new Quantities(file.parameter(), file.timeUnit());
      return new TrainingPairs(pairs, map, file.patches(), quantities);
    }
  }

  private static PairSet pairs(PairsFile file, MacroscopicMap map, double[] z0, double[] z1) {
    int[] stored = file.ints(Column.CONDITION);
    List<Condition> conditions = file.conditions();
    double[] sorted = conditions.stream().mapToDouble(Condition::value).sorted().toArray();
    int[] condition = new int[stored.length];
    long[] group = new long[stored.length];
    long[] sample = file.longs(Column.SAMPLE);
    for (int k = 0; k < stored.length; k++) {
      condition[k] =
          stored[k] >= 0 && stored[k] < sorted.length
              ? Arrays.binarySearch(sorted, conditions.get(stored[k]).value())
              : -1;
      group[k] = ((long) condition[k] << 40) + sample[k] / GROUP;
    }
    return new PairSet(map.trained(), z0, z1, file.doubles(Column.DT), condition, sorted, group);
  }

  private static void requireForm(PairsFile file, PairForm form) {
    if (!file.has(form.column())) {
      throw bad(
          file.file(), form.column().path(), "States of patches are missing", "pairs with patches");
    }
  }

  private static double[] columns(double[] full, MacroscopicMap map, int m) {
    int d = map.trained();
    int n = full.length / m;
    double[] part = new double[n * d];
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < d; i++) {
        part[k * d + i] = full[k * m + map.independent()[i]];
      }
    }
    return part;
  }

  private static void check(PairSet pairs, Path file) {
    if (pairs.count() == 0) {
      throw bad(file, Column.Z0.path(), "There are no pairs", "at least two pairs per condition");
    }
    for (int k = 0; k < pairs.count(); k++) {
      if (!(pairs.dt()[k] > 0) || Double.isInfinite(pairs.dt()[k])) {
        String where = Column.DT.path() + "[" + k + "]";
        throw bad(file, where, "A duration is " + pairs.dt()[k], "positive durations");
      }
      if (pairs.condition()[k] < 0) {
        String where = Column.CONDITION.path() + "[" + k + "]";
        throw bad(file, where, "A condition does not exist", "listed conditions");
      }
    }
  }

  /** Also observables that are not trained: they are completed, compared and reported. */
  private static double[] numbers(PairsFile file, Column column, int m) {
    double[] values = file.doubles(column);
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw bad(
            file.file(),
            column.path() + ", row " + k / m,
            "A value is not a number",
            "finite numbers");
      }
    }
    return values;
  }

  private static LatticeLiftException bad(Path file, String where, String what, String allowed) {
    return LatticeLiftException.badData(
        what, file + " " + where, allowed, "Run the evolve stage again");
  }
}
