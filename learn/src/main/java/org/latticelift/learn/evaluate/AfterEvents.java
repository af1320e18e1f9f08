package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.TimeSeries;

/**
 * Observables after a limited number of events, as a simulation that cannot wait for the stationary
 * state sees them (Fig. 7(b), DI-49): predicted and direct at the time in which the small system
 * makes so many events per patch on average. Compared with the equilibrium means it shows whether a
 * feature of the curve against the condition, such as its maximum (EX-44), belongs to the
 * equilibrium or to the time that was allowed. They stand in {@code after-events.csv}: one row per
 * condition, number of events and observable, without what is not available.
 *
 * @param parameter that varies, such as {@code temperature_K}
 * @param observables m names
 * @param points by condition, then by events, both ascending
 */
public record AfterEvents(String parameter, List<String> observables, List<Point> points) {
  /** Name of the file in the run directory. */
  public static final String NAME = "after-events.csv";

  /**
   * One condition after one number of events. What is not available is NaN.
   *
   * @param condition its name
   * @param value of the parameter
   * @param events per patch
   * @param time in which they are made, in the unit of time
   * @param predicted m ensemble means; unknown beyond the horizon
   * @param direct m means over direct runs; unknown where one of them is shorter
   */
  public record Point(
      String condition,
      double value,
      double events,
      double time,
      List<Estimate> predicted,
      List<Estimate> direct) {}

  private record Row(Point point, int component) {}

  /** After some numbers of events at all conditions of a run that have events. */
  static AfterEvents of(
      StageContext context, EvaluationInputs inputs, List<Double> counts, SystemEstimates system) {
    List<Point> points = new ArrayList<>();
    for (Prediction prediction : inputs.predictions()) {
      for (double events : counts) {
        system
            .timeOf(context, inputs.condition(prediction), events)
            .ifPresent(
                time -> points.add(point(prediction, inputs.direct(prediction), events, time)));
      }
    }
    return new AfterEvents(inputs.parameter(), inputs.model().map().observables(), points);
  }

  static Point point(Prediction prediction, List<TimeSeries> runs, double events, double time) {
    boolean within = covers(prediction.mean(), time);
    boolean simulated = !runs.isEmpty() && runs.stream().allMatch(run -> covers(run, time));
    List<Estimate> predicted = new ArrayList<>();
    List<Estimate> direct = new ArrayList<>();
    for (int c = 0; c < prediction.mean().components(); c++) {
      predicted.add(
          within
              ? new Estimate(
                  prediction.mean().at(time, c), Double.NaN, prediction.halfWidth().at(time, c))
              : Estimate.UNKNOWN);
      direct.add(simulated ? Estimate.ofRuns(CommonTimes.at(runs, time, c)) : Estimate.UNKNOWN);
    }
    return new Point(prediction.condition(), prediction.value(), events, time, predicted, direct);
  }

  private static boolean covers(TimeSeries series, double time) {
    return time <= series.end() * (1 + 1e-9);
  }

  /** The numbers of events; ascending. */
  public List<Double> events() {
    return points.stream().map(Point::events).distinct().sorted().toList();
  }

  /**
   * The conditions after a number of events ({@code events}: one of {@link #events}); ascending in
   * the value.
   */
  public List<Point> after(double events) {
    return points.stream().filter(point -> point.events() == events).toList();
  }

  String csv(String timeUnit) {
    List<Row> rows =
        points.stream()
            .flatMap(
                point -> IntStream.range(0, observables.size()).mapToObj(c -> new Row(point, c)))
            .toList();
    return ResultTable.of(rows)
        .text("condition", row -> row.point().condition())
        .text(parameter, row -> CsvCell.compact(row.point().value()))
        .text("events", row -> CsvCell.compact(row.point().events()))
        .text(CsvCell.title("time", timeUnit), row -> CsvCell.compact(row.point().time()))
        .text("observable", row -> observables.get(row.component()))
        .text("predicted", row -> CsvCell.compact(predicted(row).value()))
        .text("predicted_half_width", row -> CsvCell.compact(predicted(row).halfWidth()))
        .text("direct", row -> CsvCell.compact(direct(row).value()))
        .text("direct_half_width", row -> CsvCell.compact(direct(row).halfWidth()))
        .table()
        .csv();
  }

  private static Estimate predicted(Row row) {
    return row.point().predicted().get(row.component());
  }

  private static Estimate direct(Row row) {
    return row.point().direct().get(row.component());
  }

  /** Reads the file of a run back; empty where {@code evaluate.after_events} was not set. */
  public static Optional<AfterEvents> read(RunDirectory directory, Evaluation evaluation) {
    if (!directory.complete(NAME)) {
      return Optional.empty();
    }
    Path file = directory.file(NAME);
    String time = CsvCell.title("time", evaluation.timeUnit());
    List<Map<String, String>> rows = CsvReader.rows(file);
    int m = evaluation.observables().size();
    List<Point> points = new ArrayList<>();
    for (int first = 0; first < rows.size(); first += m) {
      Map<String, String> row = rows.get(first);
      List<Map<String, String>> own = rows.subList(first, first + m);
      points.add(
          new Point(
              row.get("condition"),
              CsvCell.number(row.get(evaluation.parameter())),
              CsvCell.number(row.get("events")),
              CsvCell.number(row.get(time)),
              own.stream().map(each -> estimate(each, "predicted")).toList(),
              own.stream().map(each -> estimate(each, "direct")).toList()));
    }
    return Optional.of(new AfterEvents(evaluation.parameter(), evaluation.observables(), points));
  }

  private static Estimate estimate(Map<String, String> row, String name) {
    return new Estimate(
        CsvCell.number(row.get(name)), Double.NaN, CsvCell.number(row.get(name + "_half_width")));
  }

  record At(double condition, double value) {
    private double height() {
      return Math.abs(value);
    }
  }

  /**
   * The largest absolute value.
   *
   * @param condition vertex of the parabola through the largest point and its neighbours, or the
   *     point itself at an end
   * @param value at the largest point
   * @param inside whether that has neighbours on both sides
   */
  record Largest(double condition, double value, boolean inside) {
    /** Empty where no value is a number; points are ascending in the condition. */
    static Optional<Largest> of(List<At> points) {
      List<At> finite = points.stream().filter(at -> Double.isFinite(at.value())).toList();
      return finite.stream()
          .max(Comparator.comparingDouble(At::height))
          .map(at -> of(finite, finite.indexOf(at)));
    }

    private static Largest of(List<At> points, int top) {
      At highest = points.get(top);
      boolean inside = top > 0 && top < points.size() - 1;
      double condition = inside ? vertex(points.subList(top - 1, top + 2)) : highest.condition();
      return new Largest(condition, highest.value(), inside);
    }

    /** Vertex of the parabola through the absolute values of three points. */
    private static double vertex(List<At> three) {
      double[] x = three.stream().mapToDouble(At::condition).toArray();
      double[] y = three.stream().mapToDouble(At::height).toArray();
      double left = (y[1] - y[0]) / (x[1] - x[0]);
      double right = (y[2] - y[1]) / (x[2] - x[1]);
      double curvature = (right - left) / (x[2] - x[0]);
      return curvature == 0 ? x[1] : (x[0] + x[1]) / 2 - left / (2 * curvature);
    }
  }

  /**
   * The condition at which the largest observable has its largest absolute value, predicted and
   * direct: one row for each number of events, and one for the equilibrium means.
   */
  public ResultTable largest(Evaluation evaluation) {
    int c =
        IntStream.range(0, observables.size())
            .boxed()
            .reduce(0, (a, b) -> height(evaluation, b) > height(evaluation, a) ? b : a);
    String at = "at " + parameter;
    ResultTable table =
        new ResultTable(
            "events per patch", "observable", "largest predicted", at, "largest direct", at);
    for (double events : events()) {
      List<At> predicted = new ArrayList<>();
      List<At> direct = new ArrayList<>();
      for (Point point : after(events)) {
        predicted.add(new At(point.value(), point.predicted().get(c).value()));
        direct.add(new At(point.value(), point.direct().get(c).value()));
      }
      String count = String.format(Locale.ROOT, "%.0f", events);
      row(table, count, observables.get(c), predicted, direct);
    }
    row(
        table,
        "equilibrium",
        observables.get(c),
        means(evaluation, c, result -> result.predicted().estimate()),
        means(evaluation, c, result -> result.direct().estimate()));
    return table;
  }

  private static double height(Evaluation evaluation, int c) {
    return Largest.of(means(evaluation, c, result -> result.predicted().estimate()))
        .map(largest -> Math.abs(largest.value()))
        .orElse(0.0);
  }

  private static List<At> means(
      Evaluation evaluation, int c, Function<ComponentResult, Estimate> of) {
    return evaluation.conditions().stream()
        .map(each -> new At(each.value(), of.apply(each.components().get(c)).value()))
        .toList();
  }

  private static void row(
      ResultTable table, String events, String name, List<At> predicted, List<At> direct) {
    Optional<Largest> one = Largest.of(predicted);
    Optional<Largest> other = Largest.of(direct);
    table.row(events, name, value(one), place(one), value(other), place(other));
  }

  private static String value(Optional<Largest> largest) {
    return ResultTable.number("%.4f", largest.map(Largest::value).orElse(Double.NaN));
  }

  private static String place(Optional<Largest> largest) {
    String format = largest.filter(Largest::inside).isPresent() ? "%.0f" : "%.0f (end)";
    return ResultTable.number(format, largest.map(Largest::condition).orElse(Double.NaN));
  }
}
