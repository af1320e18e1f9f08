package org.latticelift.learn.ensemble;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.learn.ensemble.EnsembleConfig.Divergence;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.sde.ResamplingGroup;
import org.latticelift.learn.sde.SdeScaling.Quantities;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Condition.ConditionGroup;

/**
 * {@code ensemble.h5}: predictions of all observables, by condition.
 *
 * <table>
 *   <caption>In the group of a condition</caption>
 *   <tr><td>{@code time}</td><td>float64 [t]</td></tr>
 *   <tr><td>{@code mean}, {@code std}</td><td>[t,m]</td></tr>
 *   <tr><td>{@code quantile}</td><td>[q,t,m], its attribute {@code quantiles} has the levels</td>
 *   </tr>
 *   <tr><td>{@code model_mean}, {@code model_std}</td><td>[models,t,m]</td></tr>
 *   <tr><td>{@code late_mean}, {@code late_std}</td><td>[models,m], second half</td></tr>
 *   <tr><td>{@code late_mean_error}, {@code late_std_error}</td><td>[models,m], of these by the
 *       finite number of trajectories</td></tr>
 *   <tr><td>{@code mean_half_width}</td><td>[t,m], of the 95 % interval of {@code mean}; where
 *       models have pairs of their own</td></tr>
 *   <tr><td>{@code trajectory}</td><td>float32 [n,t,m], where trajectories are kept</td></tr>
 *   <tr><td>{@code diverged}</td><td>int32 [models], how many trajectories were left out, where they
 *       are dropped</td></tr>
 * </table>
 *
 * Attribute of the file: {@code observable_names}; that of {@code model_std}: {@code trajectories},
 * their number in each model. Which models share pairs is told by {@link ResamplingGroup}.
 */
public final class EnsembleFile implements AutoCloseable {
  /** Predictions at the trained conditions. */
  public static final String NAME = "ensemble.h5";

  private static final String NAMES = "observable_names";
  private static final String LEVELS = "quantiles";
  private static final String TIME = "time";
  private static final String MEAN = "mean";
  private static final String STD = "std";
  private static final String QUANTILE = "quantile";
  private static final String MODEL_MEAN = "model_mean";
  private static final String MODEL_STD = "model_std";
  private static final String LATE_MEAN = "late_mean";
  private static final String LATE_STD = "late_std";
  private static final String LATE_MEAN_ERROR = "late_mean_error";
  private static final String LATE_STD_ERROR = "late_std_error";
  private static final String HALF_WIDTH = "mean_half_width";
  private static final String TRAJECTORIES = "trajectories";
  private static final String TRAJECTORY = "trajectory";
  private static final String DIVERGED = "diverged";
  private static final String PER_MODEL = "trajectories_per_model";

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
        .filter(condition -> reader.exists(path(condition, MEAN)))
        .toList();
  }

  private static String path(Condition condition, String name) {
    return ConditionGroup.path(condition) + "/" + name;
  }

  /** The times of a prediction ({@code condition}: one of {@link #conditions}). */
  public double[] time(Condition condition) {
    return reader.doubles(path(condition, TIME));
  }

  /**
   * The unit of times ({@code condition}: one of {@link #conditions}); such as {@code s}; {@code 1}
   * where time has no unit.
   */
  public String timeUnit(Condition condition) {
    return reader.textAttribute(path(condition, TIME), "units");
  }

  /** Means over models and trajectories ({@code condition}: one of {@link #conditions}); [t,m]. */
  public double[] mean(Condition condition) {
    return curve(condition, MEAN);
  }

  /**
   * Deviations over models and trajectories ({@code condition}: one of {@link #conditions}); [t,m].
   */
  public double[] deviation(Condition condition) {
    return curve(condition, STD);
  }

  private double[] curve(Condition condition, String name) {
    int records = time(condition).length;
    reader.requireDims(path(condition, name), records, observables().size());
    return reader.doubles(path(condition, name));
  }

  /**
   * Means over the trajectories of each model ({@code condition}: one of {@link #conditions});
   * [t,m] for each model.
   */
  public List<double[]> modelMeans(Condition condition) {
    return curves(condition, MODEL_MEAN);
  }

  /**
   * Single trajectories ({@code condition}: one of {@link #conditions}); [t,m] for each; none where
   * they were not kept.
   */
  public List<double[]> trajectories(Condition condition) {
    return reader.exists(path(condition, TRAJECTORY)) ? curves(condition, TRAJECTORY) : List.of();
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

  private List<double[]> curves(Condition condition, String name) {
    int records = time(condition).length;
    int m = observables().size();
    String path = path(condition, name);
    long[] dims = reader.requireDims(path, -1, records, m);
    int size = records * m;
    List<double[]> curves = new ArrayList<>();
    for (int i = 0; i < dims[0]; i++) {
      curves.add(reader.doubles(path, (long) i * size, size));
    }
    return curves;
  }

  /**
   * Means of each model over the second half ({@code condition}: one of {@link #conditions});
   * [models][m].
   */
  public double[][] lateMean(Condition condition) {
    return rows(condition, LATE_MEAN);
  }

  /**
   * Deviations of single values of each model in the second half ({@code condition}: one of {@link
   * #conditions}); [models][m].
   */
  public double[][] lateDeviation(Condition condition) {
    return rows(condition, LATE_STD);
  }

  /**
   * Standard errors of the late means by the finite number of trajectories ({@code condition}: one
   * of {@link #conditions}); [models][m]; NaN for a single trajectory.
   */
  public double[][] lateMeanError(Condition condition) {
    return rows(condition, LATE_MEAN_ERROR);
  }

  /**
   * Standard errors of the late deviations by the finite number of trajectories ({@code condition}:
   * one of {@link #conditions}); [models][m]; NaN for a single trajectory.
   */
  public double[][] lateDeviationError(Condition condition) {
    return rows(condition, LATE_STD_ERROR);
  }

  /**
   * Half widths of the 95 % intervals of the means (EX-31) ({@code condition}: one of {@link
   * #conditions}); [t,m]; NaN where there are none.
   */
  public double[] halfWidth(Condition condition) {
    if (reader.exists(path(condition, HALF_WIDTH))) {
      return curve(condition, HALF_WIDTH);
    }
    double[] unknown = new double[time(condition).length * observables().size()];
    Arrays.fill(unknown, Double.NaN);
    return unknown;
  }

  /**
   * Number of trajectories of each model ({@code condition}: one of {@link #conditions}), at least
   * 1.
   */
  public long trajectoriesPerModel(Condition condition) {
    return reader.longAttribute(path(condition, MODEL_STD), TRAJECTORIES);
  }

  /**
   * Deviations over the trajectories of each model ({@code condition}: one of {@link #conditions});
   * [t,m] for each model.
   */
  public List<double[]> modelDeviations(Condition condition) {
    return curves(condition, MODEL_STD);
  }

  /** Which models share their pairs. */
  public Resampling resampling() {
    return ResamplingGroup.read(reader, models());
  }

  private int models() {
    return conditions().stream().findFirst().map(c -> lateMean(c).length).orElse(1);
  }

  private double[][] rows(Condition condition, String name) {
    int m = observables().size();
    reader.requireDims(path(condition, name), -1, m);
    double[] flat = reader.doubles(path(condition, name));
    double[][] rows = new double[flat.length / m][];
    Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * m, (i + 1) * m));
    return rows;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** Writes what holds for all conditions. */
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
    Group.write(writer, ensemble, all, s, quantities, config);
  }

  /** The group of one condition while it is written. */
  private static final class Group {
    private final Hdf5Writer writer;
    private final String group;
    private final Axis time;
    private final Axis observable;
    private final Axis model;
    private final Axis quantile;
    private final long perModel;

    private record Axis(String name, long length) {}

    private Group(Hdf5Writer writer, String group, Trajectories all, int levels) {
      this.writer = writer;
      this.group = group;
      this.time = new Axis("time", all.records());
      this.observable = new Axis("observable", all.observables());
      this.model = new Axis("model", all.models());
      this.perModel = all.perModel();
      this.quantile = new Axis("quantile", levels);
    }

    static void write(
        Hdf5Writer writer,
        Ensemble ensemble,
        Trajectories all,
        Statistics s,
        Quantities quantities,
        EnsembleConfig config) {
      double[] levels = config.levels();
      int[][] bounded = all.bounded();
      String group = ConditionGroup.write(writer, ensemble.condition());
      Group file = new Group(writer, group, all, levels.length);
      file.times(ensemble.times(), quantities.timeUnit());
      file.against(s);
      file.late(s);
      writer.attribute(group + "/" + QUANTILE, LEVELS, levels);
      if (config.keepTrajectories()) {
        file.trajectories(all.values(bounded));
      }
      if (config.onDivergence() == Divergence.DROP) {
        file.diverged(bounded, all.perModel());
      }
    }

    /** No dataset where none is left. */
    private void trajectories(float[] values) {
      long count = values.length / (time.length() * observable.length());
      if (count > 0) {
        Axis trajectory = new Axis("trajectory", count);
        put(
            TRAJECTORY,
            values,
            "every trajectory, model after model",
            trajectory,
            time,
            observable);
      }
    }

    private void diverged(int[][] bounded, int perModel) {
      int[] left = Arrays.stream(bounded).mapToInt(each -> perModel - each.length).toArray();
      put(DIVERGED, left, "trajectories of each model that diverged and were dropped", model);
      writer.attribute(group + "/" + DIVERGED, PER_MODEL, (long) perModel);
    }

    /** Statistics against time. */
    private void against(Statistics s) {
      put(MEAN, s.mean(), "mean over models and trajectories", time, observable);
      put(STD, s.std(), "deviation over models and trajectories", time, observable);
      put(
          QUANTILE,
          s.quantile(),
          "quantiles over models and trajectories",
          quantile,
          time,
          observable);
      put(
          MODEL_MEAN,
          s.modelMean(),
          "mean over trajectories of each model",
          model,
          time,
          observable);
      put(
          MODEL_STD,
          s.modelStd(),
          "deviation over the noise within each model",
          model,
          time,
          observable);
      writer.attribute(group + "/" + MODEL_STD, TRAJECTORIES, perModel);
      if (Arrays.stream(s.halfWidth()).anyMatch(Double::isFinite)) {
        put(HALF_WIDTH, s.halfWidth(), "half of the 95 % interval of the mean", time, observable);
      }
    }

    /** Statistics of the second half. */
    private void late(Statistics s) {
      put(
          LATE_MEAN,
          s.lateMean(),
          "average over the second half of the time span",
          model,
          observable);
      put(
          LATE_STD,
          s.lateStd(),
          "deviation of single values in the second half",
          model,
          observable);
      put(
          LATE_MEAN_ERROR,
          s.lateMeanError(),
          "standard error of late_mean by the finite number of trajectories",
          model,
          observable);
      put(
          LATE_STD_ERROR,
          s.lateStdError(),
          "standard error of late_std by the finite number of trajectories",
          model,
          observable);
    }

    private void times(double[] times, String unit) {
      writer.dataset(
          group + "/" + TIME,
          times,
          new long[] {times.length},
          DatasetInfo.of(unit, "time", "time"));
    }

    private void put(String name, Object values, String longName, Axis... axes) {
      String[] names = Arrays.stream(axes).map(Axis::name).toArray(String[]::new);
      long[] dims = Arrays.stream(axes).mapToLong(Axis::length).toArray();
      writer.dataset(group + "/" + name, values, dims, DatasetInfo.of("1", longName, names));
    }
  }
}
