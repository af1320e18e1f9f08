package org.latticelift.sim.lift;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.MacroscopicMap;

/**
 * {@code pairs.h5}, its shards, and {@code latent.h5}, which has closure variables behind the
 * observables and is otherwise alike: the one place that knows their layout.
 *
 * <p>One dataset for each {@link PairColumn} that was made, with one row per pair; beside them
 *
 * <table>
 *   <caption>What holds for all pairs</caption>
 *   <tr><td>attributes of the file</td><td>{@code observable_names}, {@code observable_reference}
 *       (what was subtracted, where anything was), {@code patches} (K), {@code parameter_name},
 *       {@code mirror} (signs of the observables in a mirror image, where there is one), {@code
 *       blocks_of_runs} (where groups of pairs are balanced halves of so many blocks of runs)</td>
 *   </tr>
 *   <tr><td>{@code conditions/}</td><td>{@code value}, {@code duration}, {@code blocked}: float64
 *       [conditions]; {@code name}: text, names with blanks between them</td></tr>
 *   <tr><td>{@code macroscopic/}</td><td>see {@link MacroscopicMap}</td></tr>
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

  static final String SHARDS = "parts/pairs-";

  private static final String STATES = "/states";
  private static final String MIRROR = "mirror";

  private final Hdf5Reader reader;

  private PairsFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /** The name of a shard in its run directory. */
  static String shard(Condition condition, int index) {
    return SHARDS + condition.name() + "-" + index + ".h5";
  }

  /**
   * Opens a file to read ({@code file}: {@code pairs.h5}, {@code latent.h5} or a shard); the file,
   * to be closed.
   */
  public static PairsFile open(Path file) {
    return new PairsFile(Hdf5Reader.open(file));
  }

  /** The path. */
  public Path file() {
    return reader.file();
  }

  /** Number of pairs. */
  public int count() {
    return Math.toIntExact(reader.requireDims(PairColumn.Z0.path(), -1, -1)[0]);
  }

  /** Names of observables, in {@code latent.h5} with those of closure variables behind them. */
  public List<String> observables() {
    List<String> names = PairsCommon.observables(reader);
    reader.requireDims(PairColumn.Z0.path(), -1, names.size());
    return names;
  }

  /** Observables, their relations and where predictions start. */
  public MacroscopicMap macroscopics() {
    return MacroscopicMap.read(reader);
  }

  /** Number of patches of the large system. */
  public long patches() {
    return PairsCommon.patches(reader);
  }

  /** The halves of the runs that groups of pairs are; none where groups are disjoint. */
  public RunHalves halves() {
    return PairsCommon.halves(reader);
  }

  /** What is varied; such as {@code temperature_K}. */
  public String parameter() {
    return PairsCommon.parameter(reader);
  }

  /** Unit of durations; such as {@code s}; {@code 1} where time has no unit. */
  public String timeUnit() {
    return reader.textAttribute(PairColumn.DT.path(), "units");
  }

  /** The conditions, which {@link PairColumn#CONDITION} counts, in the order of the file. */
  public List<Condition> conditions() {
    return PairsCommon.conditions(reader);
  }

  /** What holds for all pairs. */
  public PairsCommon common() {
    return PairsCommon.read(reader, timeUnit());
  }

  /**
   * Signs of the observables in the mirror image of a pair, which is as probable as the pair; -1 or
   * 1 for each observable; empty where there is no such symmetry.
   */
  public int[] mirror() {
    return reader
        .findAttribute("/", MIRROR)
        .map(stored -> Arrays.stream((long[]) stored).mapToInt(Math::toIntExact).toArray())
        .orElse(new int[0]);
  }

  /** Whether a column was made. */
  public boolean has(PairColumn column) {
    return reader.exists(column.path());
  }

  /** The columns that were made, in the order of their list. */
  public List<PairColumn> columns() {
    return Arrays.stream(PairColumn.values()).filter(this::has).toList();
  }

  /** All values of a column of type float64; row after row. */
  public double[] doubles(PairColumn column) {
    return reader.doubles(checked(column));
  }

  /** All values of a column of type int32; row after row. */
  public int[] ints(PairColumn column) {
    return reader.ints(checked(column));
  }

  /**
   * How many small runs each pair is the mean of; 1 where patches of a lattice evolved. The noise
   * of the mean of k runs over a time is that of one run over k times that time, divided by k.
   */
  public double[] runs() {
    if (has(PairColumn.RUNS)) {
      return Arrays.stream(ints(PairColumn.RUNS)).asDoubleStream().toArray();
    }
    double[] one = new double[count()];
    Arrays.fill(one, 1);
    return one;
  }

  /** All values of a column of type int64; row after row. */
  public long[] longs(PairColumn column) {
    return reader.longs(checked(column));
  }

  /** Some values of a column of type float32, as stored, row after row. */
  public float[] floats(PairColumn column, long first, int count) {
    return reader.floats(column.path(), first, count);
  }

  /** All values of a column; an array of its type, row after row. */
  public Object values(PairColumn column) {
    return switch (column.type()) {
      case FLOAT64 -> doubles(column);
      case FLOAT32 -> reader.floats(checked(column));
      case INT32 -> ints(column);
      case INT64 -> longs(column);
      default -> throw new IllegalStateException(column + " of type " + column.type());
    };
  }

  /** The evolutions of whole states; none unless some were asked for. */
  public JointPairs joint() {
    return JointPairs.read(reader, width(PairColumn.Z0));
  }

  /**
   * Number of patches of each state that were evolved.
   *
   * @throws LatticeLiftException (65) if the file is of a version that always evolved one
   */
  public long evolvedPatches() {
    if (reader.dims(PairColumn.PATCH.path()).length != 2) {
      throw LatticeLiftException.badData(
          "The pairs are of an older version",
          file() + " " + PairColumn.PATCH.path(),
          "a dataset [pairs, patches]",
          "Make them again: run 'latticelift evolve' with --overwrite, or in a new directory");
    }
    return width(PairColumn.PATCH);
  }

  /** The kept states of a shard, one after the other. */
  byte[] states() {
    return reader.bytes(STATES);
  }

  /** Numbers in a row of a column, at least 1. */
  public long width(PairColumn column) {
    return column.single() ? 1 : reader.dims(column.path())[1];
  }

  /** The values of a column as they are stored. */
  byte[] stored(PairColumn column) {
    return reader.stored(column.path());
  }

  private String checked(PairColumn column) {
    column.require(reader, count(), width(PairColumn.Z0));
    return column.path();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Writes pairs that are in memory ({@code columns}: arrays, row after row). */
  public static void write(Hdf5Writer writer, PairsCommon common, Map<PairColumn, ?> columns) {
    common.write(writer);
    write(writer, common.timeUnit(), "observable", columns);
  }

  /**
   * Writes {@code latent.h5}.
   *
   * @param common what holds for all; the observables with closure variables behind them
   * @param columns arrays, row after row
   * @param mean of every latent before
   * @param deviation of every latent before
   */
  public static void writeLatent(
      Hdf5Writer writer,
      PairsCommon common,
      Map<PairColumn, ?> columns,
      double[] mean,
      double[] deviation) {
    common.write(writer);
    write(writer, common.timeUnit(), "latent", columns);
    long[] dims = {mean.length};
    writer.dataset("/scaling/mean", mean, dims, DatasetInfo.of("1", "mean of z0", "latent"));
    writer.dataset(
        "/scaling/deviation", deviation, dims, DatasetInfo.of("1", "deviation of z0", "latent"));
  }

  /** Writes some pairs of one condition, and the states that are kept of them. */
  static void writeShard(
      Path file,
      String timeUnit,
      Map<PairColumn, ?> columns,
      JointPairs joint,
      List<byte[]> states) {
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      write(writer, timeUnit, "observable", columns);
      joint.write(writer, timeUnit);
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
      Hdf5Writer writer, String timeUnit, String variable, Map<PairColumn, ?> columns) {
    int pairs = Array.getLength(columns.get(PairColumn.DT));
    columns.forEach(
        (column, values) -> {
          long[] dims = column.dims(pairs, Array.getLength(values) / Math.max(1, pairs));
          writer.dataset(column.path(), values, dims, column.info(timeUnit, variable));
        });
  }

  /** Reserves a column, to be filled after the file is closed. */
  static SlabDataset reserve(
      Hdf5Writer writer, PairColumn column, long pairs, long width, String timeUnit) {
    return writer.reserve(
        column.path(),
        column.type(),
        column.dims(pairs, width),
        column.info(timeUnit, "observable"));
  }
}
