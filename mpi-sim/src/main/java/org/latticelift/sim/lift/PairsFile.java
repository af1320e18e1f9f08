package org.latticelift.sim.lift;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicGroup;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * {@code pairs.h5}, its shards, and {@code latent.h5}, which has closure variables behind the
 * observables and is otherwise alike: the one place that knows their layout.
 *
 * <p>One dataset for each {@link Column} that was made, with one row per pair; beside them
 *
 * <table>
 *   <caption>What holds for all pairs</caption>
 *   <tr><td>attributes of the file</td><td>{@code observable_names}, {@code observable_reference}
 *       (what was subtracted, where anything was), {@code patches} (K), {@code parameter_name},
 *       {@code mirror} (signs of the observables in a mirror image, where there is one)</td>
 *   </tr>
 *   <tr><td>{@code conditions/}</td><td>{@code value}, {@code duration}, {@code blocked}: float64
 *       [conditions]; {@code name}: text, names with blanks between them</td></tr>
 *   <tr><td>{@code macroscopic/}</td><td>see {@link MacroscopicGroup}</td></tr>
 *   <tr><td>{@code joint/}</td><td>{@code z0}, {@code z1}: float64 [n,m]; {@code dt}: float64 [n];
 *       {@code condition}: int32 [n]: states that evolved as a whole; optional</td></tr>
 *   <tr><td>{@code scaling/}</td><td>{@code mean}, {@code deviation}: float64 [latents], of latents
 *       before; {@code latent.h5} only</td></tr>
 * </table>
 *
 * A shard has the columns and {@code states} (uint8 [kept, bytes of a state]) alone.
 */
public final class PairsFile implements AutoCloseable {
  /** Pairs of observables. */
  public static final String NAME = "pairs.h5";

  /** The same pairs with closure variables. */
  public static final String LATENT = "latent.h5";

  private static final String NAMES = "observable_names";
  private static final String REFERENCE = "observable_reference";
  private static final String PATCHES = "patches";
  private static final String PARAMETER = "parameter_name";
  private static final String VALUES = "/conditions/value";
  private static final String DURATIONS = "/conditions/duration";
  private static final String WALLS = "/conditions/blocked";
  private static final String CONDITION_NAMES = "/conditions/name";
  private static final String STATES = "/states";
  private static final String MIRROR = "mirror";
  private static final String JOINT = "/joint/";

  /** What a row of a column has. */
  private enum Row {
    NUMBER,
    PATCHES,
    GENERATED,
    OBSERVABLES,
    INPUTS
  }

  /** The datasets with one row per pair. To add one, name it here and in {@link PairShard}. */
  public enum Column {
    /** Float64 [N,m]: all observables of the large state. */
    Z0(Row.OBSERVABLES, ElementType.FLOAT64, "observables before"),
    /** Float64 [N,m]: those plus the change of the patch. */
    Z1(Row.OBSERVABLES, ElementType.FLOAT64, "observables after (ME-17)"),
    /** Float64 [N], in the unit of time. */
    DT(Row.NUMBER, ElementType.FLOAT64, "duration"),
    /** Int32 [N]: position among the conditions of the file. */
    CONDITION(Row.NUMBER, ElementType.INT32, "index of the condition"),
    /** Int64 [N,M]: the patches that evolved, the first one first (EX-01). */
    PATCH(Row.PATCHES, ElementType.INT64, "indices of the patches"),
    /** Int64 [N]: number of the pair among those of its condition. */
    SAMPLE(Row.NUMBER, ElementType.INT64, "sample of the condition"),
    /** Int32 [N]. */
    EVENTS(Row.NUMBER, ElementType.INT32, "events of the evolution"),
    /** Float64 [N]. */
    BLOCKED(Row.NUMBER, ElementType.FLOAT64, "1 where a wall was met"),
    /** Float64 [N,m]: observables of the patch. */
    PATCH_Z0(Row.OBSERVABLES, ElementType.FLOAT64, "of the patch before"),
    /** Float64 [N,m]: observables of the patch. */
    PATCH_Z1(Row.OBSERVABLES, ElementType.FLOAT64, "of it after (ME-18)"),
    /**
     * Float64 [N,m]: integral of the generator applied to the observables (EX-05), also in {@code
     * latent.h5} those alone; optional.
     */
    COMPENSATOR(Row.GENERATED, ElementType.FLOAT64, "compensator of the change"),
    /** Float64 [N,m]: as z1, by another evolution of the first patch (EX-04); optional. */
    TWIN(Row.OBSERVABLES, ElementType.FLOAT64, "observables after a twin evolution"),
    /** Int32 [N]: run of the small system that the state comes from; optional. */
    SOURCE_RUN(Row.NUMBER, ElementType.INT32, "run of the first snapshot"),
    /** Int32 [N]: record of that run; optional. */
    SOURCE_RECORD(Row.NUMBER, ElementType.INT32, "record of the first snapshot"),
    /** Int32 [N]: pairs of different groups share no run (EX-07); optional. */
    GROUP(Row.NUMBER, ElementType.INT32, "group of runs"),
    /** Float32 [N,inputs]; where closure variables are wanted. */
    PATCH_BEFORE(Row.INPUTS, ElementType.FLOAT32, "patch as an encoder sees it"),
    /** Float32 [N,inputs]; where closure variables are wanted. */
    PATCH_AFTER(Row.INPUTS, ElementType.FLOAT32, "patch as an encoder sees it");

    private final Row row;
    private final ElementType type;
    private final String longName;

    Column(Row row, ElementType type, String longName) {
      this.row = row;
      this.type = type;
      this.longName = longName;
    }

    /**
     * The dataset.
     *
     * @return its path in the file, as messages name it
     */
    public String path() {
      return "/" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * Whether the values do not depend on how patches are encoded.
     *
     * @return true for single numbers, indices of patches and compensators
     */
    public boolean ofEvolution() {
      return row == Row.NUMBER || row == Row.PATCHES || row == Row.GENERATED;
    }

    /**
     * Whether every pair has one number.
     *
     * @return false for observables and inputs of encoders
     */
    public boolean single() {
      return row == Row.NUMBER;
    }

    private DatasetInfo info(String timeUnit, String variable) {
      String units = this == DT ? timeUnit : "1";
      return switch (row) {
        case NUMBER -> DatasetInfo.of(units, longName, "pair");
        case OBSERVABLES -> DatasetInfo.of(units, longName, "pair", variable);
        case PATCHES -> DatasetInfo.of(units, longName, "pair", "patch");
        case GENERATED -> DatasetInfo.of(units, longName, "pair", "observable");
        case INPUTS -> DatasetInfo.of(units, longName, "pair", "input");
      };
    }
  }

  /**
   * What holds for all pairs of a file.
   *
   * @param macroscopics observables and their relations
   * @param reference what was subtracted from the observables; empty for nothing
   * @param patches K
   * @param conditions at least one
   * @param durations of the partial evolutions, for each condition
   * @param blocked fraction of the evolutions that met a wall, for each condition
   * @param timeUnit unit of times
   */
  public record Common(
      MacroscopicMap macroscopics,
      double[] reference,
      long patches,
      List<Condition> conditions,
      double[] durations,
      double[] blocked,
      String timeUnit) {}

  private final Hdf5Reader reader;

  private PairsFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /** The name of a shard in its run directory. */
  static String shard(Condition condition, int index) {
    return "parts/pairs-" + condition.name() + "-" + index + ".h5";
  }

  /**
   * Opens a file to read.
   *
   * @param file {@code pairs.h5}, {@code latent.h5} or a shard
   * @return the file, to be closed
   */
  public static PairsFile open(Path file) {
    return new PairsFile(Hdf5Reader.open(file));
  }

  /**
   * The path.
   *
   * @return as it was opened
   */
  public Path file() {
    return reader.file();
  }

  /**
   * Number of pairs.
   *
   * @return N
   */
  public int count() {
    return Math.toIntExact(reader.requireDims(Column.Z0.path(), -1, -1)[0]);
  }

  /**
   * Names of observables, in {@code latent.h5} with those of closure variables behind them.
   *
   * @return m names
   */
  public List<String> observables() {
    List<String> names = reader.textListAttribute("/", NAMES);
    reader.requireDims(Column.Z0.path(), -1, names.size());
    return names;
  }

  /**
   * Observables, their relations and where predictions start.
   *
   * @return what was written
   */
  public MacroscopicMap macroscopics() {
    return MacroscopicGroup.read(reader);
  }

  /**
   * Number of patches of the large system.
   *
   * @return K
   */
  public long patches() {
    return reader.longAttribute("/", PATCHES);
  }

  /**
   * What is varied.
   *
   * @return such as {@code temperature_K}
   */
  public String parameter() {
    return reader.textAttribute("/", PARAMETER);
  }

  /**
   * Unit of durations.
   *
   * @return such as {@code s}; {@code 1} where time has no unit
   */
  public String timeUnit() {
    return reader.textAttribute(Column.DT.path(), "units");
  }

  /**
   * The conditions, which {@link Column#CONDITION} counts.
   *
   * @return in the order of the file
   */
  public List<Condition> conditions() {
    String[] names = reader.text(CONDITION_NAMES).trim().split("\\s+");
    reader.requireDims(VALUES, names.length);
    double[] values = reader.doubles(VALUES);
    String parameter = parameter();
    return IntStream.range(0, names.length)
        .mapToObj(c -> new Condition(names[c], parameter, values[c]))
        .toList();
  }

  /**
   * What holds for all pairs.
   *
   * @return what was written
   */
  public Common common() {
    return new Common(
        macroscopics(),
        reader.findAttribute("/", REFERENCE).map(double[].class::cast).orElse(new double[0]),
        patches(),
        conditions(),
        reader.doubles(DURATIONS),
        reader.doubles(WALLS),
        timeUnit());
  }

  /**
   * Signs of the observables in the mirror image of a pair, which is as probable as the pair.
   *
   * @return -1 or 1 for each observable; empty where there is no such symmetry
   */
  public int[] mirror() {
    return reader
        .findAttribute("/", MIRROR)
        .map(stored -> Arrays.stream((long[]) stored).mapToInt(Math::toIntExact).toArray())
        .orElse(new int[0]);
  }

  /**
   * Whether a column was made.
   *
   * @param column an optional one
   * @return whether it can be read
   */
  public boolean has(Column column) {
    return reader.exists(column.path());
  }

  /**
   * The columns that were made.
   *
   * @return in the order of their list
   */
  public List<Column> columns() {
    return Arrays.stream(Column.values()).filter(this::has).toList();
  }

  /**
   * All values of a column of type float64.
   *
   * @param column which
   * @return row after row
   */
  public double[] doubles(Column column) {
    return reader.doubles(checked(column));
  }

  /**
   * All values of a column of type int32.
   *
   * @param column which
   * @return row after row
   */
  public int[] ints(Column column) {
    return reader.ints(checked(column));
  }

  /**
   * All values of a column of type int64.
   *
   * @param column which
   * @return row after row
   */
  public long[] longs(Column column) {
    return reader.longs(checked(column));
  }

  /**
   * Some values of a column of type float32.
   *
   * @param column which
   * @param first value
   * @param count of values
   * @return as stored, row after row
   */
  public float[] floats(Column column, long first, int count) {
    return reader.floats(column.path(), first, count);
  }

  /**
   * All values of a column.
   *
   * @param column which
   * @return an array of its type, row after row
   */
  public Object values(Column column) {
    return switch (column.type) {
      case FLOAT64 -> doubles(column);
      case FLOAT32 -> reader.floats(checked(column));
      case INT32 -> ints(column);
      case INT64 -> longs(column);
      default -> throw new IllegalStateException(column + " of type " + column.type);
    };
  }

  /**
   * The evolutions of whole states.
   *
   * @return none unless some were asked for
   */
  public JointPairs joint() {
    if (!reader.exists(JOINT + "z0")) {
      return JointPairs.NONE;
    }
    long n = reader.requireDims(JOINT + "z0", -1, width(Column.Z0))[0];
    reader.requireDims(JOINT + "z1", n, width(Column.Z0));
    reader.requireDims(JOINT + "dt", n);
    reader.requireDims(JOINT + "condition", n);
    return new JointPairs(
        reader.doubles(JOINT + "z0"),
        reader.doubles(JOINT + "z1"),
        reader.doubles(JOINT + "dt"),
        reader.ints(JOINT + "condition"));
  }

  /**
   * Number of patches of each state that were evolved.
   *
   * @return M
   * @throws LatticeLiftException (65) if the file is of a version that always evolved one
   */
  public long evolvedPatches() {
    if (reader.dims(Column.PATCH.path()).length != 2) {
      throw LatticeLiftException.badData(
          "The pairs are of an older version",
          file() + " " + Column.PATCH.path(),
          "a dataset [pairs, patches]",
          "Make them again: run 'latticelift evolve' with --overwrite, or in a new directory");
    }
    return width(Column.PATCH);
  }

  /** The kept states of a shard, one after the other. */
  byte[] states() {
    return reader.bytes(STATES);
  }

  /** Numbers in a row of a column. */
  long width(Column column) {
    return column.single() ? 1 : reader.dims(column.path())[1];
  }

  /** The values of a column as they are stored. */
  byte[] stored(Column column) {
    return reader.stored(column.path());
  }

  private String checked(Column column) {
    int pairs = count();
    switch (column.row) {
      case NUMBER -> reader.requireDims(column.path(), pairs);
      case OBSERVABLES -> reader.requireDims(column.path(), pairs, width(Column.Z0));
      case PATCHES, GENERATED, INPUTS -> reader.requireDims(column.path(), pairs, -1);
    }
    return column.path();
  }

  @Override
  public void close() {
    reader.close();
  }

  /**
   * Writes pairs that are in memory.
   *
   * @param writer a new file
   * @param common what holds for all
   * @param columns arrays, row after row
   */
  public static void write(Hdf5Writer writer, Common common, Map<Column, ?> columns) {
    describe(writer, common);
    write(writer, common.timeUnit(), "observable", columns);
  }

  /**
   * Writes {@code latent.h5}.
   *
   * @param writer a new file
   * @param common what holds for all; the observables with closure variables behind them
   * @param columns arrays, row after row
   * @param mean of every latent before
   * @param deviation of every latent before
   */
  public static void writeLatent(
      Hdf5Writer writer, Common common, Map<Column, ?> columns, double[] mean, double[] deviation) {
    describe(writer, common);
    write(writer, common.timeUnit(), "latent", columns);
    long[] dims = {mean.length};
    writer.dataset("/scaling/mean", mean, dims, DatasetInfo.of("1", "mean of z0", "latent"));
    writer.dataset(
        "/scaling/deviation", deviation, dims, DatasetInfo.of("1", "deviation of z0", "latent"));
  }

  /** Writes some pairs of one condition, and the states that are kept of them. */
  static void writeShard(
      Path file, String timeUnit, Map<Column, ?> columns, JointPairs joint, List<byte[]> states) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      write(writer, timeUnit, "observable", columns);
      writeJoint(writer, timeUnit, joint);
      if (!states.isEmpty()) {
        writeStates(writer, states);
      }
    }
  }

  /** Writes the signs of the mirror image, if there is one. */
  static void writeMirror(Hdf5Writer writer, int[] signs) {
    if (signs.length > 0) {
      writer.attribute("/", MIRROR, Arrays.stream(signs).asLongStream().toArray());
    }
  }

  /** Writes the evolutions of whole states, if there are any. */
  static void writeJoint(Hdf5Writer writer, String timeUnit, JointPairs joint) {
    int n = joint.count();
    if (n == 0) {
      return;
    }
    long[] states = {n, joint.z0().length / n};
    long[] numbers = {n};
    DatasetInfo before = DatasetInfo.of("1", "observables before", "evolution", "observable");
    DatasetInfo after = DatasetInfo.of("1", "observables after", "evolution", "observable");
    writer.dataset(JOINT + "z0", joint.z0(), states, before);
    writer.dataset(JOINT + "z1", joint.z1(), states, after);
    writer.dataset(
        JOINT + "dt", joint.dt(), numbers, DatasetInfo.of(timeUnit, "duration", "evolution"));
    writer.dataset(
        JOINT + "condition",
        joint.condition(),
        numbers,
        DatasetInfo.of("1", "index of the condition", "evolution"));
  }

  private static void writeStates(Hdf5Writer writer, List<byte[]> states) {
    int length = states.get(0).length;
    byte[] all = new byte[Math.multiplyExact(length, states.size())];
    for (int i = 0; i < states.size(); i++) {
      System.arraycopy(states.get(i), 0, all, i * length, length);
    }
    writer.dataset(
        STATES,
        all,
        new long[] {states.size(), length},
        DatasetInfo.of("1", "bytes of large states", "snapshot", "byte"));
  }

  private static void write(
      Hdf5Writer writer, String timeUnit, String variable, Map<Column, ?> columns) {
    int pairs = Array.getLength(columns.get(Column.DT));
    columns.forEach(
        (column, values) -> {
          long[] dims = dims(column, pairs, Array.getLength(values) / Math.max(1, pairs));
          writer.dataset(column.path(), values, dims, column.info(timeUnit, variable));
        });
  }

  /** Reserves a column, to be filled after the file is closed. */
  static SlabDataset reserve(
      Hdf5Writer writer, Column column, long pairs, long width, String timeUnit) {
    return writer.reserve(
        column.path(),
        column.type,
        dims(column, pairs, width),
        column.info(timeUnit, "observable"));
  }

  private static long[] dims(Column column, long pairs, long width) {
    return column.single() ? new long[] {pairs} : new long[] {pairs, width};
  }

  /** Writes what holds for all pairs. */
  static void describe(Hdf5Writer writer, Common common) {
    MacroscopicMap map = common.macroscopics();
    writer.attribute("/", NAMES, map.observables().toArray(new String[0]));
    if (common.reference().length > 0) {
      writer.attribute("/", REFERENCE, common.reference());
    }
    writer.attribute("/", PATCHES, common.patches());
    String parameter = common.conditions().get(0).parameter();
    writer.attribute("/", PARAMETER, parameter);
    double[] values = common.conditions().stream().mapToDouble(Condition::value).toArray();
    ofConditions(writer, VALUES, values, unit(parameter), "value of " + parameter);
    ofConditions(
        writer,
        DURATIONS,
        common.durations(),
        common.timeUnit(),
        "duration of the partial evolution");
    ofConditions(
        writer, WALLS, common.blocked(), "1", "fraction of the evolutions that met a wall (DI-03)");
    writer.text(
        CONDITION_NAMES,
        String.join(" ", common.conditions().stream().map(Condition::name).toList()),
        DatasetInfo.of("1", "names of the conditions"));
    MacroscopicGroup.write(writer, map);
  }

  private static void ofConditions(
      Hdf5Writer writer, String path, double[] values, String units, String longName) {
    long[] dims = {values.length};
    writer.dataset(path, values, dims, DatasetInfo.of(units, longName, "condition"));
  }

  /** {@code temperature_K} has the unit K. */
  private static String unit(String parameter) {
    int underscore = parameter.lastIndexOf('_');
    return underscore < 0 ? "1" : parameter.substring(underscore + 1);
  }
}
