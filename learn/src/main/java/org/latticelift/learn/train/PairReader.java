package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.train.TrainConfig.Estimator.PairForm;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.lift.RunHalves;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/** Reads training samples: of the columns of a file the trained variables, in one form. */
final class PairReader {
  /** Samples of one condition that stay together when pairs are split. */
  private static final long GROUP = 20;

  private final PairsFile file;
  private final PairForm form;
  private final MacroscopicMap map;
  private final int m;
  private final List<Condition> conditions;
  private final double[] values;

  /** Reads from an open file ({@code independent}: variables that others follow from alone). */
  PairReader(PairsFile file, boolean independent, PairForm form) {
    this.file = file;
    this.form = form;
    MacroscopicMap stored = file.macroscopics();
    this.map = independent ? stored : stored.withoutRelations();
    this.m = file.observables().size();
    this.conditions = file.conditions();
    this.values = conditions.stream().mapToDouble(Condition::value).sorted().toArray();
  }

  /**
   * What holds for all samples of a file.
   *
   * @param map from the trained variables to all observables
   * @param patches K, the default of kappa
   * @param evolved M, the patches that an increment is the mean of
   * @param quantities names and units of conditions and times
   * @param unit what the groups of the samples are
   * @param halves of the runs that they are; none where they are disjoint
   */
  record Facts(
      MacroscopicMap map,
      long patches,
      long evolved,
      Quantities quantities,
      Resampling.Unit unit,
      RunHalves halves) {}

  Facts facts() {
    return new Facts(
        map,
        file.patches(),
        form == PairForm.INCREMENT ? file.evolvedPatches() : 1,
        new Quantities(file.parameter(), file.timeUnit()),
        unit(),
        file.halves());
  }

  /** The samples, with martingales where the file has compensators. */
  PairSet samples() {
    double[] z0 = numbers(PairColumn.Z0);
    double[] before = form == PairForm.PATCH ? numbers(PairColumn.PATCH_Z0) : z0;
    double[] after = after(z0);
    PairSet increments = increments(trained(before), trained(after));
    check(increments);
    double[] target = target();
    return new PairSet(
        increments.variables(),
        increments.z0(),
        increments.z1(),
        target,
        twin(z0, before),
        increments.dt(),
        increments.condition(),
        values,
        increments.group(),
        martingale(increments.withTarget(target).targets()),
        runs());
  }

  private double[] runs() {
    return form == PairForm.INCREMENT && file.has(PairColumn.RUNS) ? file.runs() : new double[0];
  }

  private PairSet increments(double[] z0, double[] z1) {
    int[] stored = file.ints(PairColumn.CONDITION);
    int[] condition = new int[stored.length];
    Arrays.setAll(
        condition, k -> stored[k] >= 0 && stored[k] < values.length ? sorted(stored[k]) : -1);
    return new PairSet(
        map.trained(), z0, z1, file.doubles(PairColumn.DT), condition, values, groups(condition));
  }

  /** Position of a condition of the file among the sorted ones. */
  private int sorted(int stored) {
    return Arrays.binarySearch(values, conditions.get(stored).value());
  }

  private double[] after(double[] z0) {
    if (form == PairForm.INCREMENT
        || form == PairForm.ONE_PATCH && file.evolvedPatches() == 1 && !file.has(PairColumn.RUNS)) {
      return numbers(PairColumn.Z1);
    }
    requirePatches();
    double[] patch = numbers(PairColumn.PATCH_Z1);
    return form.ofPatch() ? patch : firstPatch(z0, patch);
  }

  private double[] firstPatch(double[] z0, double[] after) {
    double[] before = numbers(PairColumn.PATCH_Z0);
    double[] z1 = new double[z0.length];
    Arrays.setAll(z1, i -> z0[i] + (after[i] - before[i]));
    return z1;
  }

  /** By the mean of all evolutions of each state, where there are several (EX-04). */
  private double[] target() {
    return means() ? trained(numbers(PairColumn.MEAN_Z1)) : new double[0];
  }

  private boolean means() {
    return form == PairForm.INCREMENT && file.has(PairColumn.MEAN_Z1);
  }

  private double[] twin(double[] z0, double[] before) {
    if (!file.has(PairColumn.TWIN)) {
      return new double[0];
    }
    requirePatches();
    double[] one = firstPatch(z0, numbers(PairColumn.PATCH_Z1));
    double[] other = numbers(PairColumn.TWIN);
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> before[i] + (one[i] - other[i]) * Math.sqrt(0.5));
    return trained(difference);
  }

  /** Increments of the trained observables less their compensators; closures have none. */
  private double[] martingale(PairSet targets) {
    PairColumn compensator = means() ? PairColumn.MEAN_COMPENSATOR : PairColumn.COMPENSATOR;
    if (form.ofPatch()
        || form == PairForm.ONE_PATCH && file.evolvedPatches() > 1
        || !file.has(compensator)) {
      return new double[0];
    }
    double[] stored = file.doubles(compensator);
    int width = stored.length / targets.count();
    int[] observed = Arrays.stream(map.independent()).filter(i -> i < width).toArray();
    double[] martingale = new double[targets.count() * observed.length];
    for (int k = 0; k < targets.count(); k++) {
      for (int i = 0; i < observed.length; i++) {
        martingale[k * observed.length + i] =
            targets.increment(k, i) - stored[k * width + observed[i]];
      }
    }
    return martingale;
  }

  /** Evolutions of whole states; may be none. */
  PairSet joint() {
    JointPairs joint = file.joint();
    return new PairSet(
        map.trained(),
        trained(joint.z0()),
        trained(joint.z1()),
        joint.dt(),
        Arrays.stream(joint.condition()).map(this::sorted).toArray(),
        values,
        new long[joint.count()]);
  }

  /** Runs of the small system where the pairs know them (EX-07), else blocks of samples. */
  private long[] groups(int[] condition) {
    long[] group = new long[condition.length];
    if (file.has(PairColumn.GROUP)) {
      int[] stored = file.ints(PairColumn.GROUP);
      Arrays.setAll(group, k -> ((long) condition[k] << 40) + stored[k]);
    } else {
      long[] sample = file.longs(PairColumn.SAMPLE);
      Arrays.setAll(group, k -> ((long) condition[k] << 40) + sample[k] / GROUP);
    }
    return group;
  }

  /** Groups are of whole runs if no run is in two of them. */
  private Resampling.Unit unit() {
    if (!file.has(PairColumn.GROUP)) {
      return Resampling.Unit.SAMPLES;
    }
    if (file.halves().blocks() > 0) {
      return Resampling.Unit.RUNS;
    }
    int[] group = file.ints(PairColumn.GROUP);
    int[] run = file.has(PairColumn.SOURCE_RUN) ? file.ints(PairColumn.SOURCE_RUN) : group;
    int[] condition = file.ints(PairColumn.CONDITION);
    Map<Long, Integer> of = new HashMap<>();
    for (int k = 0; k < group.length; k++) {
      Integer known = of.put(((long) condition[k] << 32) + run[k], group[k]);
      if (known != null && known != group[k]) {
        return Resampling.Unit.RECORDS;
      }
    }
    return Resampling.Unit.RUNS;
  }

  private void requirePatches() {
    for (PairColumn column : new PairColumn[] {PairColumn.PATCH_Z0, PairColumn.PATCH_Z1}) {
      if (!file.has(column)) {
        throw bad(column.path(), "States of patches are missing", "pairs with patches");
      }
    }
  }

  private double[] trained(double[] full) {
    int[] independent = map.independent();
    int d = independent.length;
    double[] part = new double[full.length / m * d];
    Arrays.setAll(part, at -> full[at / d * m + independent[at % d]]);
    return part;
  }

  private void check(PairSet pairs) {
    if (pairs.count() == 0) {
      throw bad(PairColumn.Z0.path(), "There are no pairs", "at least two pairs per condition");
    }
    for (int k = 0; k < pairs.count(); k++) {
      if (!(pairs.dt()[k] > 0) || Double.isInfinite(pairs.dt()[k])) {
        String where = PairColumn.DT.path() + "[" + k + "]";
        throw bad(where, "A duration is " + pairs.dt()[k], "positive durations");
      }
      if (pairs.condition()[k] < 0) {
        String where = PairColumn.CONDITION.path() + "[" + k + "]";
        throw bad(where, "A condition does not exist", "listed conditions");
      }
    }
  }

  /** Also observables that are not trained: they are completed, compared and reported. */
  private double[] numbers(PairColumn column) {
    double[] values = file.doubles(column);
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw bad(column.path() + ", row " + k / m, "A value is not a number", "finite numbers");
      }
    }
    return values;
  }

  private LatticeLiftException bad(String where, String what, String allowed) {
    return LatticeLiftException.badData(
        what, file.file() + " " + where, allowed, "Run the evolve stage again");
  }
}
