package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.ConditionGroup;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.MicroscopicSystem;

/**
 * All records of a run, which stand in a group as {@code time} float64 [t], {@code jumps} int64 [t]
 * and {@code observables} float64 [t,m]: {@code run0} and so on below a condition.
 *
 * @param time in the unit of the system
 * @param jumps events since the start
 * @param observables record after record
 */
public record RunRecords(double[] time, long[] jumps, double[] observables) {
  private static final String TIME = "/time";
  private static final String JUMPS = "/jumps";
  private static final String OBSERVABLES = "/observables";

  /** The group of a run. */
  static String group(Condition condition, int run) {
    return group(ConditionGroup.path(condition), run);
  }

  /** The group of a run in the group of its condition. */
  static String group(String condition, int run) {
    return condition + "/run" + run;
  }

  /** Whether all records of the runs of a condition stand in groups. */
  static boolean exist(Hdf5Reader file, Condition condition) {
    return file.exists(group(condition, 0) + OBSERVABLES);
  }

  /** The runs of a condition, as far as their numbers go without a gap. */
  static List<RunRecords> all(Hdf5Reader file, Condition condition) {
    List<RunRecords> runs = new ArrayList<>();
    for (int run = 0; file.exists(group(condition, run)); run++) {
      runs.add(read(file, group(condition, run)));
    }
    return runs;
  }

  /** Reads a group. */
  static RunRecords read(Hdf5Reader file, String group) {
    double[] time = file.doubles(group + TIME);
    file.requireDims(group + JUMPS, time.length);
    file.requireDims(group + OBSERVABLES, time.length, -1);
    return new RunRecords(time, file.longs(group + JUMPS), file.doubles(group + OBSERVABLES));
  }

  /** The unit of the times of a run. */
  static String timeUnit(Hdf5Reader file, Condition condition) {
    return file.textAttribute(group(condition, 0) + TIME, "units");
  }

  /** Writes into an existing group. */
  static void write(Hdf5Writer file, String group, Trajectory run, MicroscopicSystem<?> system) {
    long[] records = {run.size()};
    file.dataset(
        group + TIME,
        run.times(),
        records,
        DatasetInfo.of(system.timeUnit(), "physical time of the record", "record"));
    file.dataset(
        group + JUMPS,
        run.jumps(),
        records,
        DatasetInfo.of("1", "events since the start", "record"));
    Macroscopics macroscopics = system.macroscopics();
    file.dataset(
        group + OBSERVABLES,
        run.observables(),
        new long[] {run.size(), macroscopics.size()},
        DatasetInfo.of(
            units(macroscopics),
            "observables " + String.join(" ", macroscopics.names()),
            "record",
            "observable"));
  }

  private static String units(Macroscopics macroscopics) {
    List<String> distinct = macroscopics.units().stream().distinct().toList();
    return distinct.size() == 1 ? distinct.get(0) : String.join(",", macroscopics.units());
  }

  /** Writes all runs of a condition. */
  static void write(
      Hdf5Writer file, Condition condition, List<Trajectory> runs, MicroscopicSystem<?> system) {
    for (int run = 0; run < runs.size(); run++) {
      file.group(group(condition, run));
      write(file, group(condition, run), runs.get(run), system);
    }
  }

  /**
   * The end of a run.
   *
   * @param time in the unit of the system
   * @param jumps events of the run
   */
  record End(double time, long jumps) {}

  /** The ends of the runs of a condition, as far as their numbers go without a gap. */
  static List<End> ends(Hdf5Reader file, Condition condition) {
    List<End> ends = new ArrayList<>();
    for (int run = 0; file.exists(group(condition, run)); run++) {
      String group = group(condition, run);
      long last = file.dims(group + TIME)[0] - 1;
      ends.add(
          new End(file.doubles(group + TIME, last, 1)[0], file.longs(group + JUMPS, last, 1)[0]));
    }
    return ends;
  }
}
