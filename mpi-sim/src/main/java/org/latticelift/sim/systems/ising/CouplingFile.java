package org.latticelift.sim.systems.ising;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;

/**
 * {@code coupling.h5}: effective couplings of the Ising model by condition and stage of the
 * relaxation.
 *
 * <table>
 *   <caption>In the group of a condition; S stages</caption>
 *   <tr><td>{@code first_record}, {@code last_record}, {@code small_states}</td><td>int64 [S]</td></tr>
 *   <tr><td>{@code coupling_kT}</td><td>float64 [S]: 1/T in equilibrium</td></tr>
 *   <tr><td>{@code walls_wanted}, {@code walls_sampled}</td><td>float64 [S]: per bond</td></tr>
 * </table>
 */
final class CouplingFile {
  /** Its name in the folder of a run. */
  static final String NAME = "coupling.h5";

  private static final String FIRST = "/first_record";
  private static final String LAST = "/last_record";
  private static final String STATES = "/small_states";
  private static final String COUPLING = "/coupling_kT";
  private static final String WANTED = "/walls_wanted";
  private static final String SAMPLED = "/walls_sampled";

  private CouplingFile() {}

  /** Writes the stages of a condition into a file. */
  static void write(Hdf5Writer file, Condition condition, List<EffectiveCoupling> stages) {
    String group = ConditionGroup.write(file, condition);
    longs(file, group + FIRST, "first record of the stage", stages, EffectiveCoupling::firstRecord);
    longs(file, group + LAST, "last record of the stage", stages, EffectiveCoupling::lastRecord);
    longs(file, group + STATES, "small states behind it", stages, EffectiveCoupling::states);
    doubles(file, group + COUPLING, "coupling over kT", stages, EffectiveCoupling::coupling);
    doubles(file, group + WANTED, "walls per bond of records", stages, EffectiveCoupling::wanted);
    doubles(
        file,
        group + SAMPLED,
        "walls per bond at the coupling",
        stages,
        EffectiveCoupling::sampled);
  }

  private static void longs(
      Hdf5Writer file,
      String path,
      String name,
      List<EffectiveCoupling> stages,
      ToLongFunction<EffectiveCoupling> of) {
    file.dataset(
        path,
        stages.stream().mapToLong(of).toArray(),
        new long[] {stages.size()},
        DatasetInfo.of("1", name, "stage"));
  }

  private static void doubles(
      Hdf5Writer file,
      String path,
      String name,
      List<EffectiveCoupling> stages,
      ToDoubleFunction<EffectiveCoupling> of) {
    file.dataset(
        path,
        stages.stream().mapToDouble(of).toArray(),
        new long[] {stages.size()},
        DatasetInfo.of("1", name, "stage"));
  }

  /** The stages of all conditions of a file, in the order of time. */
  static Map<Condition, List<EffectiveCoupling>> read(Path file) {
    try (Hdf5Reader reader = Hdf5Reader.open(file)) {
      Map<Condition, List<EffectiveCoupling>> all = new LinkedHashMap<>();
      for (Condition condition : ConditionGroup.all(reader)) {
        all.put(condition, stages(reader, ConditionGroup.path(condition)));
      }
      return all;
    }
  }

  private static List<EffectiveCoupling> stages(Hdf5Reader reader, String group) {
    long[] first = reader.longs(group + FIRST);
    long[] last = reader.longs(group + LAST);
    long[] states = reader.longs(group + STATES);
    double[] coupling = reader.doubles(group + COUPLING);
    double[] wanted = reader.doubles(group + WANTED);
    double[] sampled = reader.doubles(group + SAMPLED);
    List<EffectiveCoupling> stages = new ArrayList<>();
    for (int s = 0; s < first.length; s++) {
      stages.add(
          new EffectiveCoupling(
              (int) first[s], (int) last[s], states[s], coupling[s], wanted[s], sampled[s]));
    }
    return stages;
  }
}
