package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.LatticeSystem;
import org.latticelift.sim.system.StateCodec;

/**
 * Datasets of states, alike in all files that have some: named and typed by the codec, reserved in
 * the file first and filled plane by plane afterwards; with what holds for the states of a file.
 */
public final class StateSeries {
  private static final String NAMES = "observable_names";
  private static final String REFERENCE = "observable_reference";
  private static final Pattern RUN_GROUP = Pattern.compile("/run([0-9]{1,9})/[^/]+$");

  private StateSeries() {}

  /** Writes what holds for all observables of a file: their names, and what was subtracted. */
  public static void describeObservables(Hdf5Writer file, LatticeSystem<?> system, Extent extent) {
    List<String> names = system.macroscopics().names();
    file.attribute("/", NAMES, names.toArray(new String[0]));
    double[] reference = system.reference(extent);
    if (reference.length > 0) {
      file.attribute("/", REFERENCE, reference);
    }
  }

  /** Writes what holds for the whole file. */
  public static void describe(Hdf5Writer file, LatticeSystem<?> system, Extent extent) {
    describeObservables(file, system, extent);
    for (Map.Entry<String, List<String>> entry : system.codec().layout().legend().entrySet()) {
      file.attribute("/", entry.getKey(), entry.getValue().toArray(new String[0]));
    }
  }

  /** Names of the observables of a file. */
  static List<String> observables(Hdf5Reader file) {
    return file.textListAttribute("/", NAMES);
  }

  /** The dataset of states in a group. */
  static String path(String group, StateCodec<?> codec) {
    return group + "/" + codec.dataset();
  }

  /**
   * Looks for states of a condition in a file of any stage: a series, or the state of its first
   * run; path of the dataset, if there is one.
   */
  public static Optional<String> find(Hdf5Reader file, String condition, String dataset) {
    return Stream.of("/" + condition, RunRecords.group("/" + condition, 0))
        .map(group -> group + "/" + dataset)
        .filter(file::exists)
        .findFirst();
  }

  /**
   * Events before a state ({@code dataset}: from {@link #find}); empty where they are not stored.
   */
  public static OptionalLong jumps(Hdf5Reader file, String dataset, long index) {
    String jumps = beside(dataset, "jumps");
    return file.exists(jumps)
        ? OptionalLong.of(file.longs(jumps, index, 1)[0])
        : OptionalLong.empty();
  }

  /**
   * Physical time of a state ({@code dataset}: from {@link #find}); empty where it is not stored.
   */
  public static OptionalDouble time(Hdf5Reader file, String dataset, long index) {
    String time = beside(dataset, "time");
    return file.exists(time)
        ? OptionalDouble.of(file.doubles(time, index, 1)[0])
        : OptionalDouble.empty();
  }

  /**
   * The unit of the times of states ({@code dataset}: from {@link #find}); {@code 1} where there is
   * none.
   */
  public static String timeUnit(Hdf5Reader file, String dataset) {
    String time = beside(dataset, "time");
    return file.exists(time) ? file.textAttribute(time, "units") : "1";
  }

  /**
   * The run of a state: stored, or that of the group ({@code dataset}: from {@link #find}); empty
   * where it is not known.
   */
  public static OptionalLong run(Hdf5Reader file, String dataset, long index) {
    String run = beside(dataset, "run");
    if (file.exists(run)) {
      return OptionalLong.of(file.longs(run, index, 1)[0]);
    }
    Matcher group = RUN_GROUP.matcher(dataset);
    return group.find() ? OptionalLong.of(Long.parseLong(group.group(1))) : OptionalLong.empty();
  }

  /**
   * How many states of a dataset are of its first run, which come first ({@code dataset}: from
   * {@link #find}; {@code count}: its states).
   */
  public static long ofFirstRun(Hdf5Reader file, String dataset, long count) {
    String run = beside(dataset, "run");
    if (!file.exists(run)) {
      return count;
    }
    int[] runs = file.ints(run);
    return Arrays.stream(runs).filter(each -> each == runs[0]).count();
  }

  private static String beside(String dataset, String name) {
    return dataset.substring(0, dataset.lastIndexOf('/') + 1) + name;
  }

  /**
   * Reserves room for states, to be filled after the file is closed, {@code count} times the
   * elements of a state.
   */
  public static SlabDataset reserve(
      Hdf5Writer file, String group, long count, StateCodec<?> codec, Extent extent) {
    long[] one = codec.shape(extent);
    long[] dims = new long[one.length + 1];
    dims[0] = count;
    System.arraycopy(one, 0, dims, 1, one.length);
    List<String> axes = new ArrayList<>(List.of("snapshot"));
    axes.addAll(codec.layout().axes());
    return reserve(file, group, codec, dims, axes);
  }

  /** Reserves room for one state ({@code group}: where), to be filled after the file is closed. */
  public static SlabDataset reserveOne(
      Hdf5Writer file, String group, StateCodec<?> codec, Extent extent) {
    return reserve(file, group, codec, codec.shape(extent), codec.layout().axes());
  }

  private static SlabDataset reserve(
      Hdf5Writer file, String group, StateCodec<?> codec, long[] dims, List<String> axes) {
    DatasetInfo info = new DatasetInfo("1", codec.dataset() + " codes", axes);
    boolean unsigned = codec.elementType() == ElementType.UINT8;
    return file.reserve(
        path(group, codec), codec.elementType(), dims, unsigned ? info.asUnsigned() : info);
  }

  /** Elements of one state. */
  public static long elements(StateCodec<?> codec, Extent extent) {
    long elements = 1;
    for (long length : codec.shape(extent)) {
      elements *= length;
    }
    return elements;
  }

  /** Bytes of one state in a file. */
  public static long bytes(StateCodec<?> codec, Extent extent) {
    return elements(codec, extent) * codec.elementType().bytes();
  }

  /**
   * {@code final.h5}: the last state of each run, one contiguous dataset each, in groups such as
   * {@code T2000/run0}, named and typed by the system's codec, with the details that the codec
   * adds. Attributes of the file as in {@link SnapshotsFile}.
   */
  public static final class FinalStatesFile<S> {
    /** Name in a run directory. */
    public static final String NAME = "final.h5";

    private final RunStore<S> runs;
    private final StateCodec<S> codec;

    FinalStatesFile(RunStore<S> runs) {
      this.runs = runs;
      this.codec = runs.system().codec();
    }

    /** One state at a time is in memory. */
    void write(Path file, Provenance provenance) {
      List<SlabDataset> slabs = new ArrayList<>();
      try (Hdf5Writer writer = Hdf5Writer.create(file)) {
        StateSeries.describe(writer, runs.system(), runs.extent());
        provenance.writeTo(writer);
        for (Condition condition : runs.system().conditions()) {
          ConditionGroup.write(writer, condition);
          for (int run = 0; run < runs.runs(); run++) {
            String name = RunRecords.group(condition, run);
            writer.group(name);
            slabs.add(StateSeries.reserveOne(writer, name, codec, runs.extent()));
            codec.details(writer, name, runs.run(condition, run).last());
            writer.dataset(
                name + "/time",
                new double[] {runs.run(condition, run).finished().time()},
                new long[] {1},
                DatasetInfo.of(runs.system().timeUnit(), "time of the state", "state"));
          }
        }
      }
      fill(slabs);
    }

    private void fill(List<SlabDataset> slabs) {
      int at = 0;
      for (Condition condition : runs.system().conditions()) {
        for (int run = 0; run < runs.runs(); run++) {
          SlabDataset slab = slabs.get(at++);
          slab.writeStored(0, codec.encode(runs.run(condition, run).last()));
          slab.force();
          slab.close();
        }
      }
    }
  }
}
