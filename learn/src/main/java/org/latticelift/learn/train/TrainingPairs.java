package org.latticelift.learn.train;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.SdeScaling.Quantities;
import org.latticelift.learn.sde.Transition;
import org.latticelift.learn.train.PairForm.Symmetries;
import org.latticelift.sim.lift.JointPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * The trained variables of the pairs of a file.
 *
 * @param pairs trained variables only, with martingales where the file has compensators
 * @param means the same pairs by the mean of all evolutions of each state, which the drift is
 *     fitted to; empty where there is one
 * @param twins differences of two evolutions of the first patch over sqrt 2, as increments; empty
 *     where there are none
 * @param joint evolutions of whole states; may be empty
 * @param map to all observables
 * @param patches K, the default of kappa
 * @param evolved M, the patches that an increment is the mean of
 * @param quantities names and units of conditions and times
 * @param unit what the groups of the pairs are
 */
record TrainingPairs(
    PairSet pairs,
    Optional<PairSet> means,
    Optional<PairSet> twins,
    PairSet joint,
    MacroscopicMap map,
    double patches,
    long evolved,
    Quantities quantities,
    Resampling.Unit unit) {
  /** Samples of one condition that stay together when pairs are split. */
  private static final long GROUP = 20;

  static TrainingPairs read(Path path, boolean independent, PairForm form, Symmetries symmetries) {
    TrainingPairs read = read(path, independent, form);
    try (PairsFile file = PairsFile.open(path)) {
      int[] signs = file.mirror();
      boolean images = symmetries == Symmetries.AUTO && signs.length > 0;
      return images ? read.withMirrorImages(signs) : read;
    }
  }

  static TrainingPairs read(Path path, boolean independent, PairForm form) {
    try (PairsFile file = PairsFile.open(path)) {
      MacroscopicMap stored = file.macroscopics();
      MacroscopicMap map = independent ? stored : stored.withoutRelations();
      int m = file.observables().size();
      double[] z0 = numbers(file, PairColumn.Z0, m);
      long evolved = form == PairForm.INCREMENT ? file.evolvedPatches() : 1;
      double[] before = form == PairForm.PATCH ? numbers(file, PairColumn.PATCH_Z0, m) : z0;
      PairSet pairs = pairs(file, map, columns(before, map, m), after(file, map, form, z0));
      check(pairs, path);
      return new TrainingPairs(
          pairs.withMartingale(martingale(file, map, pairs, form, PairColumn.COMPENSATOR)),
          means(file, map, pairs, form),
          twins(file, map, pairs, z0, before),
          joint(file, map, pairs.values()),
          map,
          file.patches(),
          evolved,
          new Quantities(file.parameter(), file.timeUnit()),
          unit(file));
    }
  }

  /** Trained variables after, of which there are as many as of observables before. */
  private static double[] after(PairsFile file, MacroscopicMap map, PairForm form, double[] z0) {
    int m = map.observables().size();
    if (form == PairForm.INCREMENT || form == PairForm.ONE_PATCH && file.evolvedPatches() == 1) {
      return columns(numbers(file, PairColumn.Z1, m), map, m);
    }
    requirePatches(file);
    double[] patch = numbers(file, PairColumn.PATCH_Z1, m);
    return columns(form.ofPatch() ? patch : firstPatch(file, z0, patch, m), map, m);
  }

  private static double[] firstPatch(PairsFile file, double[] z0, double[] after, int m) {
    double[] before = numbers(file, PairColumn.PATCH_Z0, m);
    double[] z1 = new double[z0.length];
    Arrays.setAll(z1, i -> z0[i] + (after[i] - before[i]));
    return z1;
  }

  /**
   * The same pairs by the mean of all evolutions of each state, where there are several (EX-04).
   */
  private static Optional<PairSet> means(
      PairsFile file, MacroscopicMap map, PairSet pairs, PairForm form) {
    if (form != PairForm.INCREMENT || !file.has(PairColumn.MEAN_Z1)) {
      return Optional.empty();
    }
    int m = map.observables().size();
    PairSet means = pairs.withAfter(columns(numbers(file, PairColumn.MEAN_Z1, m), map, m));
    return Optional.of(
        means.withMartingale(martingale(file, map, means, form, PairColumn.MEAN_COMPENSATOR)));
  }

  /** Increments of the trained observables less their compensators; closures have none. */
  private static double[] martingale(
      PairsFile file, MacroscopicMap map, PairSet pairs, PairForm form, PairColumn compensator) {
    if (form.ofPatch()
        || form == PairForm.ONE_PATCH && file.evolvedPatches() > 1
        || !file.has(compensator)) {
      return new double[0];
    }
    double[] stored = file.doubles(compensator);
    int width = stored.length / pairs.count();
    int[] observed = Arrays.stream(map.independent()).filter(i -> i < width).toArray();
    double[] martingale = new double[pairs.count() * observed.length];
    for (int k = 0; k < pairs.count(); k++) {
      for (int i = 0; i < observed.length; i++) {
        martingale[k * observed.length + i] =
            pairs.increment(k, i) - stored[k * width + observed[i]];
      }
    }
    return martingale;
  }

  private static Optional<PairSet> twins(
      PairsFile file, MacroscopicMap map, PairSet pairs, double[] z0, double[] before) {
    if (!file.has(PairColumn.TWIN)) {
      return Optional.empty();
    }
    requirePatches(file);
    int m = map.observables().size();
    double[] one = firstPatch(file, z0, numbers(file, PairColumn.PATCH_Z1, m), m);
    double[] other = numbers(file, PairColumn.TWIN, m);
    double[] difference = new double[one.length];
    Arrays.setAll(difference, i -> before[i] + (one[i] - other[i]) * Math.sqrt(0.5));
    return Optional.of(pairs.withAfter(columns(difference, map, m)));
  }

  private static PairSet joint(PairsFile file, MacroscopicMap map, double[] values) {
    JointPairs joint = file.joint();
    int m = map.observables().size();
    List<Condition> conditions = file.conditions();
    int[] condition =
        Arrays.stream(joint.condition())
            .map(c -> Arrays.binarySearch(values, conditions.get(c).value()))
            .toArray();
    return new PairSet(
        map.trained(),
        columns(joint.z0(), map, m),
        columns(joint.z1(), map, m),
        joint.dt(),
        condition,
        values,
        new long[joint.count()]);
  }

  private static PairSet pairs(PairsFile file, MacroscopicMap map, double[] z0, double[] z1) {
    int[] stored = file.ints(PairColumn.CONDITION);
    List<Condition> conditions = file.conditions();
    double[] sorted = conditions.stream().mapToDouble(Condition::value).sorted().toArray();
    int[] condition = new int[stored.length];
    for (int k = 0; k < stored.length; k++) {
      condition[k] =
          stored[k] >= 0 && stored[k] < sorted.length
              ? Arrays.binarySearch(sorted, conditions.get(stored[k]).value())
              : -1;
    }
    long[] group = groups(file, condition);
    return new PairSet(
        map.trained(), z0, z1, file.doubles(PairColumn.DT), condition, sorted, group);
  }

  /** Runs of the small system where the pairs know them (EX-07), else blocks of samples. */
  private static long[] groups(PairsFile file, int[] condition) {
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
  private static Resampling.Unit unit(PairsFile file) {
    if (!file.has(PairColumn.GROUP)) {
      return Resampling.Unit.SAMPLES;
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

  /** The same pairs, each also as its mirror image, in the same group. */
  TrainingPairs withMirrorImages(int[] signs) {
    int[] trained = new int[pairs.variables()];
    for (int i = 0; i < trained.length; i++) {
      trained[i] = signs[map.independent()[i]];
    }
    return new TrainingPairs(
        pairs.withMirrorImages(trained),
        means.map(set -> set.withMirrorImages(trained)),
        twins.map(set -> set.withMirrorImages(trained)),
        joint, // its images would not make kappa any surer
        map,
        patches,
        evolved,
        quantities,
        unit);
  }

  /**
   * The same pairs with increments turned back to the middle of each. The flow is that of the
   * increments less their martingales, where these are known: they have the same mean and hardly
   * any noise.
   */
  TrainingPairs turned() {
    PairSet known = means.orElse(pairs);
    int d = known.variables();
    int m = known.martingales();
    double[] expected = new double[known.count() * d];
    for (int k = 0; k < known.count(); k++) {
      for (int i = 0; i < d; i++) {
        double noise = i < m ? known.martingale()[k * m + i] : 0;
        expected[k * d + i] = known.increment(k, i) - noise;
      }
    }
    Transition.Flow flow =
        new Transition.Flow(d, known.z0(), expected, known.dt(), known.condition());
    return new TrainingPairs(
        turned(pairs, flow),
        means.map(set -> turned(set, flow)),
        twins.map(set -> turned(set, flow)),
        turned(joint, flow),
        map,
        patches,
        evolved,
        quantities,
        unit);
  }

  private static PairSet turned(PairSet set, Transition.Flow flow) {
    return set.withAfter(flow.turned(set.z0(), set.z1(), set.dt(), set.condition()))
        .withMartingale(flow.turnedValues(set.z0(), set.martingale(), set.dt(), set.condition()));
  }

  private static void requirePatches(PairsFile file) {
    for (PairColumn column : new PairColumn[] {PairColumn.PATCH_Z0, PairColumn.PATCH_Z1}) {
      if (!file.has(column)) {
        throw bad(
            file.file(), column.path(), "States of patches are missing", "pairs with patches");
      }
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
      throw bad(
          file, PairColumn.Z0.path(), "There are no pairs", "at least two pairs per condition");
    }
    for (int k = 0; k < pairs.count(); k++) {
      if (!(pairs.dt()[k] > 0) || Double.isInfinite(pairs.dt()[k])) {
        String where = PairColumn.DT.path() + "[" + k + "]";
        throw bad(file, where, "A duration is " + pairs.dt()[k], "positive durations");
      }
      if (pairs.condition()[k] < 0) {
        String where = PairColumn.CONDITION.path() + "[" + k + "]";
        throw bad(file, where, "A condition does not exist", "listed conditions");
      }
    }
  }

  /** Also observables that are not trained: they are completed, compared and reported. */
  private static double[] numbers(PairsFile file, PairColumn column, int m) {
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
