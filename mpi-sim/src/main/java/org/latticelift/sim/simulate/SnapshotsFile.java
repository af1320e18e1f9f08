package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.simulate.RecordInterval.EventClock;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.system.StateCodec;

/**
 * {@code snapshots.h5}, {@code large.h5} and {@code states.h5}: states by condition with what was
 * recorded about each.
 *
 * <table>
 *   <caption>In the group of a condition</caption>
 *   <tr><td>states</td><td>[S, shape of a state], named and typed by the system's codec</td></tr>
 *   <tr><td>{@code observables}</td><td>float64 [S,m]</td></tr>
 *   <tr><td>{@code time}</td><td>float64 [S], {@code snapshots.h5} only</td></tr>
 *   <tr><td>{@code jumps}</td><td>int64 [S], {@code snapshots.h5} only</td></tr>
 *   <tr><td>{@code run}</td><td>int32 [S], {@code snapshots.h5} only</td></tr>
 *   <tr><td>{@code run0} ...</td><td>{@link RunRecords}; {@code snapshots.h5} where not every record
 *       has its state</td></tr>
 * </table>
 *
 * Attributes of the file: {@code observable_names}, {@code observable_reference} where something
 * was subtracted, and the legend of the codec.
 */
public final class SnapshotsFile implements AutoCloseable {
  /** Small states. */
  public static final String NAME = "snapshots.h5";

  /** Large states that are kept to look at, or to learn closure variables from. */
  public static final String LARGE = "large.h5";

  /** States of direct runs on their way, where they are asked for. */
  public static final String DIRECT = "states.h5";

  private static final String TIME = "/time";
  private static final String JUMPS = "/jumps";
  private static final String OBSERVABLES = "/observables";
  private static final String RUN = "/run";

  private final Hdf5Reader reader;

  private SnapshotsFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /**
   * Opens a file to read ({@code file}: {@code snapshots.h5} or {@code large.h5}); the file, to be
   * closed.
   */
  public static SnapshotsFile open(Path file) {
    return new SnapshotsFile(Hdf5Reader.open(file));
  }

  /** The path. */
  public Path file() {
    return reader.file();
  }

  /** Number of states of a condition ({@code extent}: of the states, which is checked). */
  public int count(Condition condition, StateCodec<?> codec, Extent extent) {
    long[] shape = codec.shape(extent);
    long[] expected = new long[shape.length + 1];
    expected[0] = -1;
    System.arraycopy(shape, 0, expected, 1, shape.length);
    return Math.toIntExact(reader.requireDims(states(condition, codec), expected)[0]);
  }

  private static String states(Condition condition, StateCodec<?> codec) {
    return StateSeries.path(ConditionGroup.path(condition), codec);
  }

  /**
   * The small states of a condition, held as bytes and decoded when asked for ({@code preparation}:
   * the same number for runs from the same kind of state, by their numbers).
   */
  public <S> SnapshotPool<S> pool(
      Condition condition, LatticeSystem<S> system, IntUnaryOperator preparation) {
    StateCodec<S> codec = system.codec();
    int count = count(condition, codec, system.small());
    byte[] bytes = reader.stored(states(condition, codec));
    int stateBytes = bytes.length / count;
    int records = recordsOfRuns(condition, count);
    return SnapshotPool.of(
            count / records,
            records,
            (ofRun, record) -> {
              int from = (ofRun * records + record) * stateBytes;
              return codec.decode(
                  Arrays.copyOfRange(bytes, from, from + stateBytes), system.small());
            })
        .with(Arrays.copyOf(time(condition), records), preparation);
  }

  /**
   * The observables of the small states of a condition, in place of the states ({@code
   * preparation}: as above).
   */
  public SnapshotPool<double[]> observed(
      Condition condition, LatticeSystem<?> system, IntUnaryOperator preparation) {
    int count = count(condition, system.codec(), system.small());
    int m = system.macroscopics().size();
    double[] all = observables(condition, count, m);
    int records = recordsOfRuns(condition, count);
    return SnapshotPool.of(
            count / records,
            records,
            (run, record) -> {
              int from = (run * records + record) * m;
              return Arrays.copyOfRange(all, from, from + m);
            })
        .with(Arrays.copyOf(time(condition), records), preparation);
  }

  /** Records of each run, which are as many in all of them. */
  private int recordsOfRuns(Condition condition, int count) {
    int[] run = run(condition);
    int runs = (int) Arrays.stream(run).distinct().count();
    int records = count / runs;
    for (int i = 0; i < run.length; i++) {
      if (run[i] != i / records) {
        throw LatticeLiftException.badData(
            "runs of different length",
            file() + " " + condition.name(),
            "the same number of snapshots in every run, run after run",
            "Simulate again");
      }
    }
    return records;
  }

  /** One state ({@code index}: from 0). */
  public byte[] state(Condition condition, StateCodec<?> codec, Extent extent, int index) {
    int elements = Math.toIntExact(StateSeries.elements(codec, extent));
    return reader.stored(states(condition, codec), (long) index * elements, elements);
  }

  /** The run of every state. */
  public int[] run(Condition condition) {
    return reader.ints(ConditionGroup.path(condition) + RUN);
  }

  /**
   * The observables of all states ({@code states}: their number, which is checked; {@code
   * observables}: m, which is checked); state after state.
   */
  public double[] observables(Condition condition, int states, int observables) {
    String path = ConditionGroup.path(condition) + OBSERVABLES;
    reader.requireDims(path, states, observables);
    return reader.doubles(path);
  }

  /** The ends of all runs, from all records where they are stored, else from states. */
  List<RunRecords.End> ends(Condition condition) {
    List<RunRecords.End> ends = RunRecords.ends(reader, condition);
    return ends.isEmpty() ? courses(condition).stream().map(EventClock.Course::end).toList() : ends;
  }

  /** Events against time in every run, from all records where they are stored, else from states. */
  List<EventClock.Course> courses(Condition condition) {
    List<RunRecords> records = RunRecords.all(reader, condition);
    if (!records.isEmpty()) {
      return records.stream().map(r -> new EventClock.Course(r.jumps(), r.time())).toList();
    }
    int[] run = run(condition);
    long[] jumps = jumps(condition);
    double[] time = time(condition);
    List<EventClock.Course> courses = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= run.length; i++) {
      if (i == run.length || run[i] != run[from]) {
        courses.add(
            new EventClock.Course(
                Arrays.copyOfRange(jumps, from, i), Arrays.copyOfRange(time, from, i)));
        from = i;
      }
    }
    return courses;
  }

  /**
   * All that was recorded of each run: from all records where they are stored, else from the
   * states. The number of observables is checked.
   */
  public List<RunRecords> records(Condition condition, int observables) {
    List<RunRecords> records = RunRecords.all(reader, condition);
    if (!records.isEmpty()) {
      return records;
    }
    int[] run = run(condition);
    double[] values = observables(condition, run.length, observables);
    List<RunRecords> runs = new ArrayList<>();
    int from = 0;
    for (EventClock.Course course : courses(condition)) {
      int to = from + course.time().length;
      runs.add(
          new RunRecords(
              course.time(),
              course.events(),
              Arrays.copyOfRange(values, from * observables, to * observables)));
      from = to;
    }
    return runs;
  }

  /** Times of all states, in the unit of the system, state after state. */
  public double[] time(Condition condition) {
    return reader.doubles(ConditionGroup.path(condition) + TIME);
  }

  long[] jumps(Condition condition) {
    return reader.longs(ConditionGroup.path(condition) + JUMPS);
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Describes a file of large states. */
  public static void describeLarge(Hdf5Writer writer, LatticeSystem<?> system) {
    StateSeries.describe(writer, system, system.large());
  }

  /**
   * Writes what is known of the large states of a condition, and reserves room for them ({@code
   * observables}: state after state), to be filled after the file is closed.
   */
  public static SlabDataset reserveLarge(
      Hdf5Writer writer, LatticeSystem<?> system, Condition condition, double[] observables) {
    int m = system.macroscopics().size();
    int count = observables.length / m;
    String group = ConditionGroup.write(writer, condition);
    writer.dataset(
        group + OBSERVABLES,
        observables,
        new long[] {count, m},
        DatasetInfo.of("1", "observables of the kept states", "snapshot", "observable"));
    return StateSeries.reserve(writer, group, count, system.codec(), system.large());
  }

  /** The datasets of a condition of {@code snapshots.h5}, to be filled after it is closed. */
  record Slabs(
      Condition condition,
      SlabDataset states,
      SlabDataset time,
      SlabDataset jumps,
      SlabDataset observables,
      SlabDataset run)
      implements AutoCloseable {
    @Override
    public void close() {
      for (SlabDataset slab : List.of(states, time, jumps, observables, run)) {
        slab.force();
        slab.close();
      }
    }
  }

  /** Reserves room for the snapshots of a condition whose group was written. */
  static Slabs reserve(Hdf5Writer writer, RunStore<?> runs, Condition condition) {
    long total = (long) runs.states(condition) * runs.runs();
    long[] n = {total};
    LatticeSystem<?> system = runs.system();
    List<String> names = system.macroscopics().names();
    String group = ConditionGroup.path(condition);
    return new Slabs(
        condition,
        StateSeries.reserve(writer, group, total, system.codec(), runs.extent()),
        writer.reserve(
            group + TIME,
            ElementType.FLOAT64,
            n,
            DatasetInfo.of(system.timeUnit(), "physical time of the snapshot", "snapshot")),
        writer.reserve(
            group + JUMPS,
            ElementType.INT64,
            n,
            DatasetInfo.of("1", "events since the start of the run", "snapshot")),
        writer.reserve(
            group + OBSERVABLES,
            ElementType.FLOAT64,
            new long[] {total, names.size()},
            DatasetInfo.of(
                "1", "observables " + String.join(" ", names), "snapshot", "observable")),
        writer.reserve(
            group + RUN,
            ElementType.INT32,
            n,
            DatasetInfo.of("1", "index of the run", "snapshot")));
  }

  /**
   * Joins the logs of runs to {@code snapshots.h5}: the kept states of each condition, run after
   * run. Where not every record has its state, all records stand beside them.
   */
  record SnapshotsWriter<S>(RunStore<S> runs) {
    /** Joins segment after segment, so that memory does not grow with the number of runs. */
    void write(Path file, Provenance provenance) {
      List<Slabs> slabs = new ArrayList<>();
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        StateSeries.describe(writer, runs.system(), runs.extent());
        provenance.writeTo(writer);
        for (Condition condition : runs.system().conditions()) {
          ConditionGroup.write(writer, condition);
          if (runs.statesEvery() > 0) {
            slabs.add(SnapshotsFile.reserve(writer, runs, condition));
            course(writer, condition);
          }
          if (runs.statesEvery() != 1) {
            RunRecords.write(writer, condition, runs.trajectories(condition), runs.system());
          }
        }
      }
      for (Slabs series : slabs) {
        for (int run = 0; run < runs.runs(); run++) {
          fill(series, run);
        }
        series.close();
      }
    }

    /** Values of the condition beside the states of runs in which it changes. */
    private void course(Hdf5Writer writer, Condition condition) {
      if (runs.system().options().course().isEmpty()) {
        return;
      }
      double[] values =
          IntStream.range(0, runs.runs())
              .mapToObj(run -> runs.run(condition, run).trajectory().every(runs.statesEvery()))
              .flatMapToDouble(kept -> Arrays.stream(kept.times()))
              .map(runs.system().options().course().get())
              .toArray();
      writer.dataset(
          ConditionGroup.path(condition) + "/" + condition.parameter(),
          values,
          new long[] {values.length},
          DatasetInfo.of("1", "condition of the snapshot", "snapshot"));
    }

    private void fill(Slabs to, int run) {
      int perRun = runs.states(to.condition());
      Trajectory kept = runs.run(to.condition(), run).trajectory().every(runs.statesEvery());
      long first = (long) run * perRun;
      to.time().write(first, kept.times(), 0, perRun);
      to.jumps().write(first, kept.jumps(), 0, perRun);
      double[] observables = kept.observables();
      to.observables()
          .write(first * observables.length / perRun, observables, 0, observables.length);
      int[] numbers = new int[perRun];
      Arrays.fill(numbers, run);
      to.run().write(first, numbers, 0, perRun);
      States states = new States(to.states(), first);
      runs.run(to.condition(), run).forEachSegment(states::append);
    }

    private final class States {
      private final SlabDataset slab;
      private long at;

      States(SlabDataset slab, long first) {
        this.slab = slab;
        this.at = first * StateSeries.elements(runs.system().codec(), runs.extent());
      }

      void append(Hdf5Reader segment) {
        String dataset = StateSeries.path("", runs.system().codec());
        if (segment.exists(dataset)) {
          byte[] bytes = segment.bytes(dataset);
          slab.writeStored(at, bytes);
          at += bytes.length / runs.system().codec().elementType().bytes();
        }
      }
    }
  }
}
