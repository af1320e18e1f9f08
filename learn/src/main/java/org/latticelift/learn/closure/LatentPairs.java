package org.latticelift.learn.closure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsCommon;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.MacroscopicMap;

/** Pairs with closure variables behind the observables (ME-07), otherwise as they were. */
final class LatentPairs {
  private final PairsFile pairs;
  private final List<String> closures;
  private final int observables;
  private final int count;

  LatentPairs(PairsFile pairs, List<String> closures) {
    this.pairs = pairs;
    this.closures = closures;
    this.observables = pairs.observables().size();
    this.count = pairs.count();
  }

  private int dim() {
    return closures.size();
  }

  private int latents() {
    return observables + dim();
  }

  int count() {
    return count;
  }

  /** Writes the file ({@code start}: closures that predictions start from, [dim]). */
  void write(Hdf5Writer writer, PairClosures closures, double[] start) {
    Map<PairColumn, Object> columns = new EnumMap<>(PairColumn.class);
    columns.put(PairColumn.Z0, joined(PairColumn.Z0, closures.before()));
    columns.put(PairColumn.Z1, joined(PairColumn.Z1, closures.after()));
    columns.put(PairColumn.PATCH_Z0, joined(PairColumn.PATCH_Z0, closures.patchBefore()));
    columns.put(PairColumn.PATCH_Z1, joined(PairColumn.PATCH_Z1, closures.patchAfter()));
    if (closures.twin().length > 0) {
      columns.put(PairColumn.TWIN, joined(PairColumn.TWIN, closures.twin()));
    }
    pairs.columns().stream()
        .filter(PairColumn::ofEvolution)
        .forEach(column -> columns.put(column, pairs.values(column)));
    double[] mean = mean((double[]) columns.get(PairColumn.Z0));
    double[] deviation = deviation((double[]) columns.get(PairColumn.Z0), mean);
    PairsFile.writeLatent(writer, common(start), columns, mean, deviation);
  }

  private double[] joined(PairColumn column, double[] second) {
    double[] first = pairs.doubles(column);
    int d = latents();
    double[] all = new double[count * d];
    for (int k = 0; k < count; k++) {
      System.arraycopy(first, k * observables, all, k * d, observables);
      System.arraycopy(second, k * dim(), all, k * d + observables, dim());
    }
    return all;
  }

  private PairsCommon common(double[] start) {
    PairsCommon before = pairs.common();
    return new PairsCommon(
        map(before.macroscopics(), start),
        new double[0], // closure variables have none
        before.patches(),
        before.conditions(),
        before.durations(),
        before.blocked(),
        before.timeUnit());
  }

  /** Closures are independent of everything; the relations of the observables stay (DI-23). */
  private MacroscopicMap map(MacroscopicMap before, double[] start) {
    int d = before.trained();
    int[] independent = Arrays.copyOf(before.independent(), d + dim());
    for (int i = 0; i < dim(); i++) {
      independent[d + i] = observables + i;
    }
    double[] matrix = new double[latents() * independent.length];
    for (int row = 0; row < observables; row++) {
      System.arraycopy(before.matrix(), row * d, matrix, row * independent.length, d);
    }
    for (int i = 0; i < dim(); i++) {
      matrix[(observables + i) * independent.length + d + i] = 1;
    }
    double[] offset = Arrays.copyOf(before.offset(), latents());
    double[] starts = Arrays.copyOf(before.start(), latents());
    System.arraycopy(start, 0, starts, observables, dim());
    List<String> names = new ArrayList<>(before.observables());
    names.addAll(closures);
    return new MacroscopicMap(names, independent, matrix, offset, starts);
  }

  /** Of all latents before (PP-34), which training uses by default. */
  private double[] mean(double[] z0) {
    double[] mean = new double[latents()];
    for (int i = 0; i < z0.length; i++) {
      mean[i % mean.length] += z0[i] / count;
    }
    return mean;
  }

  private double[] deviation(double[] z0, double[] mean) {
    double[] deviation = new double[mean.length];
    for (int i = 0; i < z0.length; i++) {
      double centred = z0[i] - mean[i % mean.length];
      deviation[i % mean.length] += centred * centred / Math.max(1, count - 1);
    }
    Arrays.setAll(deviation, i -> Math.sqrt(deviation[i]));
    return deviation;
  }

  /**
   * Closure variables of all pairs, each [N, dim] row-major.
   *
   * @param before of the large states
   * @param after those plus the mean change of the patches (ME-17, EX-01)
   * @param patchBefore of the first patches alone
   * @param patchAfter of the first patches alone after their evolution (ME-18)
   * @param twin those before plus the change of the first patch in another evolution (EX-04); empty
   *     where there is none
   */
  record PairClosures(
      double[] before, double[] after, double[] patchBefore, double[] patchAfter, double[] twin) {
    /**
     * From what an encoder makes of states and patches.
     *
     * @param before [N, dim]
     * @param patchBefore [N, M, dim]
     * @param patchAfter [N, M, dim]
     * @param twinAfter [N, dim], or empty
     */
    static PairClosures of(
        int dim, double[] before, double[] patchBefore, double[] patchAfter, double[] twinAfter) {
      int patches = patchBefore.length / before.length;
      double[] after = before.clone();
      double[] first = new double[before.length];
      double[] firstAfter = new double[before.length];
      double[] twin = twinAfter.length == 0 ? twinAfter : before.clone();
      for (int i = 0; i < after.length; i++) {
        int at = i / dim * patches * dim + i % dim;
        double change = 0;
        for (int k = 0; k < patches; k++) {
          change += patchAfter[at + k * dim] - patchBefore[at + k * dim];
        }
        after[i] += change / patches;
        first[i] = patchBefore[at];
        firstAfter[i] = patchAfter[at];
        if (twin.length > 0) {
          twin[i] += twinAfter[i] - first[i];
        }
      }
      return new PairClosures(before, after, first, firstAfter, twin);
    }
  }
}
