package org.latticelift.learn.train;

import java.nio.file.Path;
import java.util.Arrays;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.learn.sde.MacroscopicFile;
import org.latticelift.learn.sde.MacroscopicMap;
import org.latticelift.learn.sde.Quantities;

/** Reads {@code pairs.h5} and keeps the trained variables. */
final class PairFile {
  /** Samples of one condition that stay together when pairs are split. */
  private static final long GROUP = 20;

  private PairFile() {}

  /**
   * What the file holds.
   *
   * @param pairs trained variables only
   * @param map to all observables
   * @param patches K, the default of kappa
   * @param quantities names and units of conditions and times
   */
  record Content(PairSet pairs, MacroscopicMap map, double patches, Quantities quantities) {}

  static Content read(Path file, boolean independent, PairForm form) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      MacroscopicMap stored = MacroscopicFile.read(reader);
      MacroscopicMap map = independent ? stored : stored.withoutRelations();
      int m = map.observables().size();
      long n = reader.requireDims("/z0", -1, m)[0];
      requireForm(reader, form);
      reader.requireDims(form.dataset(), n, m);
      for (String name : new String[] {"/dt", "/condition", "/sample"}) {
        reader.requireDims(name, n);
      }
      requireNumbers(reader, "/z0", m);
      requireNumbers(reader, form.dataset(), m);
      PairSet pairs = pairs(reader, map, (int) n, m, form);
      check(pairs, file);
      Quantities quantities =
          new Quantities(
              reader.textAttribute("/", "parameter_name"), reader.textAttribute("/dt", "units"));
      return new Content(pairs, map, reader.doubleAttribute("/", "patches"), quantities);
    }
  }

  private static PairSet pairs(Hdf5Reader reader, MacroscopicMap map, int n, int m, PairForm form) {
    int[] stored = reader.ints("/condition");
    double[] value = reader.doubles("/conditions/value");
    double[] sorted = Arrays.stream(value).sorted().toArray();
    int[] condition = new int[n];
    long[] group = new long[n];
    long[] sample = reader.longs("/sample");
    for (int k = 0; k < n; k++) {
      condition[k] =
          stored[k] >= 0 && stored[k] < value.length
              ? Arrays.binarySearch(sorted, value[stored[k]])
              : -1;
      group[k] = ((long) condition[k] << 40) + sample[k] / GROUP;
    }
    return new PairSet(
        map.trained(),
        columns(reader.doubles("/z0"), map, m),
        columns(reader.doubles(form.dataset()), map, m),
        reader.doubles("/dt"),
        condition,
        sorted,
        group);
  }

  private static void requireForm(Hdf5Reader reader, PairForm form) {
    if (!reader.exists(form.dataset())) {
      throw bad(
          reader.file(), form.dataset(), "States of patches are missing", "pairs with patches");
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
      throw bad(file, "/z0", "There are no pairs", "at least two pairs per condition");
    }
    for (int k = 0; k < pairs.count(); k++) {
      if (!(pairs.dt()[k] > 0) || Double.isInfinite(pairs.dt()[k])) {
        throw bad(file, "/dt[" + k + "]", "A duration is " + pairs.dt()[k], "positive durations");
      }
      if (pairs.condition()[k] < 0) {
        throw bad(file, "/condition[" + k + "]", "A condition does not exist", "listed conditions");
      }
    }
  }

  /** Also observables that are not trained: they are completed, compared and reported. */
  private static void requireNumbers(Hdf5Reader reader, String dataset, int m) {
    double[] values = reader.doubles(dataset);
    for (int k = 0; k < values.length; k++) {
      if (!Double.isFinite(values[k])) {
        throw bad(
            reader.file(), dataset + ", row " + k / m, "A value is not a number", "finite numbers");
      }
    }
  }

  private static LatticeLiftException bad(Path file, String where, String what, String allowed) {
    return LatticeLiftException.badData(
        what, file + " " + where, allowed, "Run the evolve stage again");
  }
}
