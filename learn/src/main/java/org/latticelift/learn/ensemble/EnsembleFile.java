package org.latticelift.learn.ensemble;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.output.RecordLayout;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.sde.Quantities;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.Resampling.ResamplingGroup;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;

/**
 * {@code ensemble.h5}: predictions of all observables, by condition.
 *
 * <p>Attribute of the file: {@code observable_names}; that of {@code model_std}: {@code
 * trajectories}, their number in each model. Which models share pairs is told by {@link
 * ResamplingGroup}.
 */
public final class EnsembleFile implements AutoCloseable {
  /** Predictions at the trained conditions. */
  public static final String NAME = "ensemble.h5";

  private static final String NAMES = "observable_names";
  private static final String MODEL_STD = "model_std";
  private static final String TRAJECTORIES = "trajectories";
  private static final String TRAJECTORY = "trajectory";
  private static final String DIVERGED = "diverged";
  private static final String PER_MODEL = "trajectories_per_model";
  private static final RecordLayout<Content> LAYOUT = RecordLayout.of(Content.class);
  private static final RecordLayout<Statistics> STATISTICS = RecordLayout.of(Statistics.class);

  /**
   * What the group of a condition holds.
   *
   * @param trajectory where trajectories are kept
   * @param diverged where these are dropped
   */
  private record Content(
      @Stored(value = "time", units = "{time}", axes = "time") double[] time,
      @Stored(value = "level of each quantile", axes = "level") double[] level,
      Statistics statistics,
      @Stored(
              value = "every trajectory, model after model",
              axes = {"trajectory", "time", "observable"},
              optional = true)
          float[] trajectory,
      @Stored(
              value = "trajectories of each model that diverged and were dropped",
              axes = "model",
              optional = true)
          int[] diverged) {}

  private final Hdf5Reader reader;

  private EnsembleFile(Hdf5Reader reader) {
    this.reader = reader;
  }

  /** Opens a file to read; the file, to be closed. */
  public static EnsembleFile open(Path file) {
    return of(Hdf5Reader.open(file));
  }

  /** A file that is open; the same file; closing one closes both. */
  public static EnsembleFile of(Hdf5Reader reader) {
    return new EnsembleFile(reader);
  }

  public Path file() {
    return reader.file();
  }

  public List<String> observables() {
    return reader.textListAttribute("/", NAMES);
  }

  /** The conditions with predictions; ascending in the value; empty in files of other kinds. */
  public List<Condition> conditions() {
    return ConditionGroup.all(reader).stream()
        .filter(condition -> reader.exists(path(condition, "mean")))
        .toList();
  }

  private static String path(Condition condition, String name) {
    return ConditionGroup.path(condition) + "/" + name;
  }

  /** The times of a prediction ({@code condition}: one of {@link #conditions}). */
  public double[] time(Condition condition) {
    return reader.doubles(path(condition, "time"));
  }

  /**
   * The unit of times ({@code condition}: one of {@link #conditions}); such as {@code s}; {@code 1}
   * where time has no unit.
   */
  public String timeUnit(Condition condition) {
    return reader.textAttribute(path(condition, "time"), "units");
  }

  /** All statistics ({@code condition}: one of {@link #conditions}). */
  public Statistics statistics(Condition condition) {
    long records = time(condition).length;
    Map<String, Long> sizes = Map.of("time", records, "observable", (long) observables().size());
    Statistics read = STATISTICS.read(reader, ConditionGroup.path(condition), Map.of(), sizes);
    if (read.halfWidth().length > 0) {
      return read;
    }
    double[] unknown = new double[read.mean().length];
    Arrays.fill(unknown, Double.NaN);
    return read.withHalfWidth(unknown);
  }

  /**
   * Single trajectories ({@code condition}: one of {@link #conditions}); [t,m] for each; none where
   * they were not kept.
   */
  public List<double[]> trajectories(Condition condition) {
    String path = path(condition, TRAJECTORY);
    if (!reader.exists(path)) {
      return List.of();
    }
    int records = time(condition).length;
    int m = observables().size();
    long count = reader.requireDims(path, -1, records, m)[0];
    int size = records * m;
    return LongStream.range(0, count).mapToObj(i -> reader.doubles(path, i * size, size)).toList();
  }

  /**
   * How many of the single trajectories are of each model, which follow each other ({@code
   * condition}: one of {@link #conditions}), for each model; without those that were dropped.
   */
  public int[] trajectoriesOfModels(Condition condition) {
    String path = path(condition, DIVERGED);
    int[] counts = new int[models()];
    if (reader.exists(path)) {
      int perModel = Math.toIntExact(reader.longAttribute(path, PER_MODEL));
      int[] dropped = reader.ints(path);
      Arrays.setAll(counts, k -> perModel - dropped[k]);
    } else {
      Arrays.fill(counts, Math.toIntExact(trajectoriesPerModel(condition)));
    }
    return counts;
  }

  /**
   * The share of trajectories that left all bounds and were dropped ({@code condition}: one of
   * {@link #conditions}); 0 to 1; 0 where they are not dropped.
   */
  public double diverged(Condition condition) {
    String path = path(condition, DIVERGED);
    if (!reader.exists(path)) {
      return 0;
    }
    int[] counts = reader.ints(path);
    double all = (double) reader.longAttribute(path, PER_MODEL) * counts.length;
    return Arrays.stream(counts).sum() / all;
  }

  /**
   * Number of trajectories of each model ({@code condition}: one of {@link #conditions}), at least
   * 1.
   */
  public long trajectoriesPerModel(Condition condition) {
    return reader.longAttribute(path(condition, MODEL_STD), TRAJECTORIES);
  }

  /** Which models share their pairs. */
  public Resampling resampling() {
    return ResamplingGroup.read(reader, models());
  }

  private int models() {
    return conditions().stream()
        .findFirst()
        .map(c -> (int) reader.requireDims(path(c, "late_mean"), -1, -1)[0])
        .orElse(1);
  }

  @Override
  public void close() {
    reader.close();
  }

  static void describe(Hdf5Writer writer, List<String> observables, Resampling resampling) {
    writer.attribute("/", NAMES, observables.toArray(new String[0]));
    ResamplingGroup.write(writer, resampling);
  }

  static void write(
      Hdf5Writer writer,
      Ensemble ensemble,
      Trajectories all,
      Statistics s,
      Quantities quantities,
      EnsembleConfig config) {
    int[][] bounded = all.bounded();
    long perModel = all.perModel();
    boolean drop = config.onDivergence() == Divergence.DROP;
    boolean interval = Arrays.stream(s.halfWidth()).anyMatch(Double::isFinite);
    Content content =
        new Content(
            ensemble.times(),
            EnsembleConfig.levels(),
            interval ? s : s.withHalfWidth(new double[0]),
            config.keepTrajectories() ? all.values(bounded) : new float[0],
            drop
                ? Arrays.stream(bounded).mapToInt(each -> all.perModel() - each.length).toArray()
                : new int[0]);
    String group = ConditionGroup.write(writer, ensemble.condition());
    LAYOUT.write(writer, group, content, Map.of("time", quantities.timeUnit()), Map.of());
    writer.attribute(group + "/" + MODEL_STD, TRAJECTORIES, perModel);
    writer.attribute(group + "/quantile", "quantiles", EnsembleConfig.levels());
    if (drop) {
      writer.attribute(group + "/" + DIVERGED, PER_MODEL, perModel);
    }
  }
}
