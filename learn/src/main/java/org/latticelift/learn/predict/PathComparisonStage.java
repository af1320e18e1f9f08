package org.latticelift.learn.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.output.TimeScale;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.Stage;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.stage.StagePlan;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.evaluate.StageFiles;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Schedule;
import org.latticelift.sim.simulate.TrajectoryFile;
import org.latticelift.sim.system.Condition;

/**
 * The stage {@code evaluate} of a run whose condition follows a schedule: the predicted path beside
 * that of direct runs, where there are some. Late means would say nothing.
 */
public final class PathComparisonStage implements Stage {
  /** All records as a table. */
  public static final String TABLE = "path.csv";

  private static final String FIGURE = "path";
  private static final int POINTS = 21;

  private final Schedule schedule;
  private final Optional<RealTime> realTime;

  /** Compares nothing yet ({@code realTime}: of a crystal, where that is asked for). */
  public PathComparisonStage(Schedule schedule, Optional<RealTime> realTime) {
    this.schedule = schedule;
    this.realTime = realTime;
  }

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public List<String> inputs() {
    return List.of(EnsembleFile.NAME);
  }

  @Override
  public List<String> outputs() {
    return List.of(TABLE, FIGURE + ".svg");
  }

  @Override
  public StagePlan plan() {
    return new StagePlan(name(), 1, "path against direct runs", 1, 100_000);
  }

  @Override
  public void run(StageContext context) {
    SchedulePath path = compare(context.file(EnsembleFile.NAME), context.file(TrajectoryFile.NAME));
    context.commitText(TABLE, PathTable.csv(path));
    context.commitText(FIGURE + ".svg", figure(path).svg());
  }

  /**
   * What a terminal shows after the stage; the end of the path, and how far all of it is from
   * direct runs.
   */
  public static List<String> lines(RunDirectory directory) {
    return PathTable.lines(PathTable.read(directory.file(TABLE)));
  }

  private SchedulePath compare(Path predictions, Path trajectories) {
    try (EnsembleFile ensemble = EnsembleFile.open(predictions)) {
      Condition start = ensemble.conditions().get(0);
      List<String> observables = ensemble.observables();
      double[] time = ensemble.time(start);
      List<TimeSeries> runs =
          StageFiles.direct(trajectories, observables).getOrDefault(start.name(), List.of());
      int m = observables.size();
      double[] mean = ensemble.statistics(start).mean();
      double[] half = ensemble.statistics(start).halfWidth();
      Estimate[] predicted = new Estimate[mean.length];
      Arrays.setAll(predicted, i -> new Estimate(mean[i], Double.NaN, half[i]));
      Estimate[] direct = new Estimate[mean.length];
      Arrays.setAll(direct, i -> Estimate.ofRuns(CommonTimes.at(runs, time[i / m], i % m)));
      return new SchedulePath(
          start.parameter(),
          ensemble.timeUnit(start),
          observables,
          time,
          realTime.map(real -> real.times(schedule, time)).orElseGet(() -> new double[0]),
          Arrays.stream(time).map(schedule::value).toArray(),
          predicted,
          direct);
    }
  }

  private static Figure figure(SchedulePath path) {
    TimeScale scale = TimeScale.of(path.time()[path.last()], path.timeUnit());
    double[] time = scale.scaled(path.time());
    int m = path.m();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < m; c++) {
      layers.add(Layer.line(path.observables().get(c), c, time, path.column(path.predicted(), c)));
      if (path.compared()) {
        layers.add(points(path, time, c));
      }
    }
    return new Figure(
        FIGURE,
        "Prediction and direct simulation along a schedule",
        "Lines: means of the ensemble; points: means of direct runs with two standard errors.",
        Axis.linear(scale.label("time")),
        Axis.linear("observables"),
        layers);
  }

  private static Layer points(SchedulePath path, double[] time, int c) {
    int shown = Math.min(POINTS, time.length);
    double[] x = new double[shown];
    double[] y = new double[shown];
    double[] bar = new double[shown];
    for (int i = 0; i < shown; i++) {
      int r = (int) ((long) i * path.last() / Math.max(1, shown - 1));
      x[i] = time[r];
      Estimate direct = path.direct()[r * path.m() + c];
      y[i] = direct.value();
      bar[i] = Double.isNaN(direct.error()) ? 0 : 2 * direct.error();
    }
    return Layer.points("", c, true, x, y, bar);
  }

  /**
   * {@code path.csv}: one row for each record of a path, {@code time[s]}, {@code real_time[s]}
   * where vacancies of a crystal are given, the condition, and of every observable {@code NAME},
   * {@code NAME_half_width}, {@code NAME_direct} and {@code NAME_direct_error}; what is not known
   * is empty.
   */
  static final class PathTable {
    private static final String REAL = "real_time[s]";
    private static final String HALF_WIDTH = "_half_width";
    private static final String DIRECT = "_direct";
    private static final String DIRECT_ERROR = "_direct_error";

    private static final int COLUMNS = 4;

    private PathTable() {}

    static String csv(SchedulePath path) {
      List<Integer> records = IntStream.rangeClosed(0, path.last()).boxed().toList();
      ResultTable.Columns<Integer> table =
          ResultTable.of(records)
              .exact(CsvCell.title("time", path.timeUnit()), r -> path.time()[r]);
      if (path.realTime().length > 0) {
        table.exact(REAL, r -> path.realTime()[r]);
      }
      table.exact(path.parameter(), r -> path.condition()[r]);
      for (int c = 0; c < path.m(); c++) {
        String name = path.observables().get(c);
        int at = c;
        table
            .exact(name, r -> path.predicted()[r * path.m() + at].value())
            .exact(name + HALF_WIDTH, r -> path.predicted()[r * path.m() + at].halfWidth())
            .exact(name + DIRECT, r -> path.direct()[r * path.m() + at].value())
            .exact(name + DIRECT_ERROR, r -> path.direct()[r * path.m() + at].error());
      }
      return table.table().csv();
    }

    static SchedulePath read(Path csv) {
      List<Map<String, String>> rows = CsvReader.rows(csv);
      List<String> columns = List.copyOf(rows.get(0).keySet());
      boolean real = columns.get(1).equals(REAL);
      int first = real ? 3 : 2;
      String time = columns.get(0);
      List<String> names =
          IntStream.iterate(first, i -> i < columns.size(), i -> i + COLUMNS)
              .mapToObj(columns::get)
              .toList();
      return new SchedulePath(
          columns.get(first - 1),
          time.equals("time") ? "1" : time.substring(time.indexOf('[') + 1, time.length() - 1),
          names,
          column(rows, time),
          real ? column(rows, REAL) : new double[0],
          column(rows, columns.get(first - 1)),
          estimates(
              rows, names, (row, name) -> estimate(row.get(name), "", row.get(name + HALF_WIDTH))),
          estimates(
              rows,
              names,
              (row, name) -> estimate(row.get(name + DIRECT), row.get(name + DIRECT_ERROR), "")));
    }

    private static Estimate[] estimates(
        List<Map<String, String>> rows,
        List<String> names,
        BiFunction<Map<String, String>, String, Estimate> of) {
      return rows.stream()
          .flatMap(row -> names.stream().map(name -> of.apply(row, name)))
          .toArray(Estimate[]::new);
    }

    private static Estimate estimate(String value, String error, String halfWidth) {
      return new Estimate(CsvCell.number(value), CsvCell.number(error), CsvCell.number(halfWidth));
    }

    private static double[] column(List<Map<String, String>> rows, String name) {
      return rows.stream().mapToDouble(row -> CsvCell.number(row.get(name))).toArray();
    }

    /** The end of the path for a terminal, and how far the whole of it is from direct runs. */
    static List<String> lines(SchedulePath path) {
      List<String> headers = new ArrayList<>(List.of("observable", "predicted"));
      if (path.compared()) {
        headers.addAll(List.of("direct", "difference", "r.m.s. of the path"));
      }
      ResultTable table = new ResultTable(headers.toArray(String[]::new));
      for (int c = 0; c < path.m(); c++) {
        table.row(row(path, c).toArray(String[]::new));
      }
      List<String> lines = new ArrayList<>();
      lines.add(end(path));
      lines.addAll(table.lines());
      lines.add(
          Arrays.stream(path.predicted()).anyMatch(each -> Double.isFinite(each.halfWidth()))
              ? "Predictions with half of their 95 % intervals"
                  + (path.compared() ? ", direct means with standard errors." : ".")
              : "No intervals: there is one model, or models share all pairs.");
      return lines;
    }

    private static String end(SchedulePath path) {
      double real = path.realTime().length > 0 ? path.realTime()[path.last()] : Double.NaN;
      return String.format(
          Locale.ROOT,
          "At the end of the schedule, time %.4g%s%s, %s %s:",
          path.time()[path.last()],
          path.timeUnit().equals("1") ? "" : " " + path.timeUnit(),
          Double.isNaN(real) ? "" : " of the simulation, " + Hours.text(real) + " of the crystal",
          path.parameter(),
          PredictionTable.condition(path.condition()[path.last()]));
    }

    private static List<String> row(SchedulePath path, int c) {
      int at = path.last() * path.m() + c;
      List<String> row =
          new ArrayList<>(
              List.of(
                  path.observables().get(c),
                  ResultTable.withError(
                      "%.4f", path.predicted()[at].value(), path.predicted()[at].halfWidth())));
      if (path.compared()) {
        Estimate direct = path.direct()[at];
        row.add(ResultTable.withError("%.4f", direct.value(), direct.error()));
        row.add(String.format(Locale.ROOT, "%.4f", path.difference(path.last(), c)));
        row.add(String.format(Locale.ROOT, "%.4f", path.rms(c)));
      }
      return row;
    }
  }

  /**
   * What was predicted along a schedule and what direct runs did, at the same times.
   *
   * @param parameter that is varied
   * @param timeUnit of all simulated times
   * @param observables names of m observables
   * @param time of the records, [t]
   * @param realTime of a crystal at these times, s; empty where nothing is said about one
   * @param condition at these times, [t]
   * @param predicted mean of the ensemble, [t,m]
   * @param direct mean over direct runs, unknown where there are none, [t,m]
   */
  record SchedulePath(
      String parameter,
      String timeUnit,
      List<String> observables,
      double[] time,
      double[] realTime,
      double[] condition,
      Estimate[] predicted,
      Estimate[] direct) {

    int m() {
      return observables.size();
    }

    int last() {
      return time.length - 1;
    }

    boolean compared() {
      return Double.isFinite(direct[direct.length - 1].value());
    }

    double difference(int record, int component) {
      int at = record * m() + component;
      return predicted[at].value() - direct[at].value();
    }

    private double[] column(Estimate[] all, int component) {
      return IntStream.range(0, time.length)
          .mapToDouble(r -> all[r * m() + component].value())
          .toArray();
    }

    /** Root of the mean square of the differences over the records after the first. */
    double rms(int component) {
      double sum = 0;
      for (int r = 1; r < time.length; r++) {
        sum += difference(r, component) * difference(r, component);
      }
      return Math.sqrt(sum / last());
    }
  }
}
