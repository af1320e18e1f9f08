package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.Macroscopics;
import org.latticelift.sim.system.SystemOptions.Measured;

/**
 * All records of a run, which stand in a group: {@code run0} and so on below a condition.
 *
 * @param time in the unit of the system
 * @param jumps events since the start
 * @param observables record after record
 */
public record RunRecords(
    @Stored(value = "physical time of the record", units = "{time}", axes = "record") double[] time,
    @Stored(value = "events since the start", axes = "record") long[] jumps,
    @Stored(
            value = "observables {names}",
            units = "{observables}",
            axes = {"record", "observable"})
        double[] observables) {
  private static final String TIME = "/time";
  private static final String JUMPS = "/jumps";
  private static final RecordLayout<RunRecords> LAYOUT = RecordLayout.of(RunRecords.class);

  static String group(Condition condition, int run) {
    return group(ConditionGroup.path(condition), run);
  }

  /** The group of a run in the group of its condition. */
  static String group(String condition, int run) {
    return condition + "/run" + run;
  }

  /** Whether all records of the runs of a condition stand in groups. */
  static boolean exist(Hdf5Reader file, Condition condition) {
    return file.exists(group(condition, 0) + "/observables");
  }

  /** The runs of a condition, as far as their numbers go without a gap. */
  static List<RunRecords> all(Hdf5Reader file, Condition condition) {
    List<RunRecords> runs = new ArrayList<>();
    for (int run = 0; file.exists(group(condition, run)); run++) {
      runs.add(read(file, group(condition, run)));
    }
    return runs;
  }

  static RunRecords read(Hdf5Reader file, String group) {
    return LAYOUT.read(file, group, Map.of(), Map.of());
  }

  /** The unit of the times of a run. */
  static String timeUnit(Hdf5Reader file, Condition condition) {
    return file.textAttribute(group(condition, 0) + TIME, "units");
  }

  /** What a run measured beside its observables, record after record. */
  static double[] measured(Hdf5Reader file, String group, Measured what) {
    file.requireDims(group + "/" + what.dataset(), -1, what.columns());
    return file.doubles(group + "/" + what.dataset());
  }

  static void write(Hdf5Writer file, String group, Trajectory run, LatticeSystem<?> system) {
    Macroscopics all = system.macroscopics();
    LAYOUT.write(
        file,
        group,
        new RunRecords(run.times(), run.jumps(), run.observables()),
        Map.of(
            "time", system.timeUnit(),
            "observables", units(all),
            "names", String.join(" ", all.names())),
        Map.of("observable", (long) all.size()));
    system
        .options()
        .measured()
        .ifPresent(
            what ->
                file.dataset(
                    group + "/" + what.dataset(),
                    run.measured(),
                    new long[] {run.size(), what.columns()},
                    what.info()));
  }

  private static String units(Macroscopics macroscopics) {
    List<String> distinct = macroscopics.units().stream().distinct().toList();
    return distinct.size() == 1 ? distinct.get(0) : String.join(",", macroscopics.units());
  }

  static void write(
      Hdf5Writer file, Condition condition, List<Trajectory> runs, LatticeSystem<?> system) {
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

  /** Records of one run in memory, growing: what came since a checkpoint, or the whole run. */
  static final class Trajectory {
    private static final int FIRST_CAPACITY = 64;

    private final int components;
    private final List<byte[]> states = new ArrayList<>();
    private double[] time = new double[FIRST_CAPACITY];
    private long[] jumps = new long[FIRST_CAPACITY];
    private double[] values;
    private double[] measured = {};
    private int measuredSize;
    private int size;

    /**
     * @param components observables per record
     */
    Trajectory(int components) {
      this.components = components;
      this.values = new double[FIRST_CAPACITY * components];
    }

    void add(double seconds, long events, double[] observables) {
      reserve(size + 1);
      time[size] = seconds;
      jumps[size] = events;
      System.arraycopy(observables, 0, values, size * components, components);
      size++;
    }

    /** Adds records that stand in arrays; they have no states here. */
    void addAll(double[] seconds, long[] events, double[] observables) {
      reserve(size + seconds.length);
      System.arraycopy(seconds, 0, time, size, seconds.length);
      System.arraycopy(events, 0, jumps, size, events.length);
      System.arraycopy(observables, 0, values, size * components, observables.length);
      size += seconds.length;
    }

    /** Adds what the last record, or the last ones, measured beside observables. */
    void measure(double[] columns) {
      if (measuredSize + columns.length > measured.length) {
        measured =
            Arrays.copyOf(measured, Math.max(measuredSize + columns.length, 2 * measuredSize));
      }
      System.arraycopy(columns, 0, measured, measuredSize, columns.length);
      measuredSize += columns.length;
    }

    double[] measured() {
      return Arrays.copyOf(measured, measuredSize);
    }

    private void reserve(int records) {
      if (records > time.length) {
        int capacity = Math.max(records, 2 * time.length);
        time = Arrays.copyOf(time, capacity);
        jumps = Arrays.copyOf(jumps, capacity);
        values = Arrays.copyOf(values, Math.multiplyExact(capacity, components));
      }
    }

    void keep(byte[] state) {
      states.add(state);
    }

    int size() {
      return size;
    }

    double[] times() {
      return Arrays.copyOf(time, size);
    }

    long[] jumps() {
      return Arrays.copyOf(jumps, size);
    }

    /** Records by observables, row-major. */
    double[] observables() {
      return Arrays.copyOf(values, size * components);
    }

    /** One observable of the records from one on, to before another. */
    double[] column(int component, int from, int to) {
      double[] column = new double[to - from];
      Arrays.setAll(column, i -> values[(from + i) * components + component]);
      return column;
    }

    /** Every so many records, from the first on. */
    Trajectory every(int step) {
      Trajectory kept = new Trajectory(components);
      for (int i = 0; i < size; i += step) {
        kept.add(
            time[i], jumps[i], Arrays.copyOfRange(values, i * components, (i + 1) * components));
      }
      return kept;
    }

    double time(int record) {
      return time[record];
    }

    long jumps(int record) {
      return jumps[record];
    }

    /** The kept states one after the other. */
    byte[] states() {
      int length = states.stream().mapToInt(state -> state.length).sum();
      byte[] all = new byte[length];
      int at = 0;
      for (byte[] state : states) {
        System.arraycopy(state, 0, all, at, state.length);
        at += state.length;
      }
      return all;
    }

    int stateCount() {
      return states.size();
    }
  }
}
