package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.PathComparison;
import org.latticelift.learn.predict.Hours;
import org.latticelift.sim.schedule.RealTime;

/**
 * How long a real crystal must be held at each temperature until half and 90 % of its order are
 * reached (EX-53): predicted times of the simulation times its vacancies over those of the crystal
 * (EX-52). File {@code annealing.csv}.
 *
 * @param rows one for each condition and observable whose path is clear of the noise
 * @param crystal what is assumed of the vacancies, in a sentence; empty where that is not known
 */
record Annealing(List<Row> rows, String crystal) {
  static final String NAME = "annealing.csv";

  /**
   * Times of one observable at one temperature.
   *
   * @param condition name
   * @param kelvin temperature
   * @param observable name
   * @param vacancies of the crystal, per site
   * @param start mean of the initial states, from which the change is counted
   * @param half of the change
   * @param ninety per cent of it
   * @param direct time of the latter by direct runs, s; NaN without them
   */
  record Row(
      String condition,
      double kelvin,
      String observable,
      double vacancies,
      double start,
      Reached half,
      Reached ninety,
      double direct) {}

  /**
   * When a part of the change is made.
   *
   * @param level value of the observable
   * @param time real time, s
   * @param halfWidth of its 95 % interval, s
   */
  record Reached(double level, double time, double halfWidth) {
    private static Reached of(PathComparison.Crossing crossing, double ratio) {
      return new Reached(
          crossing.level(), crossing.predicted() * ratio, crossing.predictedHalfWidth() * ratio);
    }
  }

  /** From an evaluation at fixed temperatures ({@code evaluation}: with paths). */
  static Annealing of(Evaluation evaluation, RealTime realTime) {
    List<Row> rows = new ArrayList<>();
    for (ConditionResult condition : evaluation.conditions()) {
      double ratio = realTime.ratio(condition.value());
      for (ComponentResult component : condition.components()) {
        PathComparison.Crossing half = component.path().half();
        PathComparison.Crossing ninety = component.path().ninety();
        if (Double.isFinite(half.predicted()) && Double.isFinite(ninety.predicted())) {
          rows.add(
              new Row(
                  condition.condition(),
                  condition.value(),
                  component.observable(),
                  realTime.concentration(condition.value()),
                  component.path().start(),
                  Reached.of(half, ratio),
                  Reached.of(ninety, ratio),
                  ninety.direct() * ratio));
        }
      }
    }
    return new Annealing(List.copyOf(rows), realTime.sentence());
  }

  /** The inverse of {@link #csv}, but for the sentence. */
  static Annealing read(java.nio.file.Path file) {
    List<Row> rows = new ArrayList<>();
    for (Map<String, String> row : CsvReader.rows(file)) {
      rows.add(
          new Row(
              row.get("condition"),
              number(row, "temperature_K"),
              row.get("observable"),
              number(row, "vacancies_per_site"),
              number(row, "start"),
              reached(row, "t50"),
              reached(row, "t90"),
              number(row, "direct_t90_s")));
    }
    return new Annealing(List.copyOf(rows), "");
  }

  private static Reached reached(Map<String, String> row, String name) {
    return new Reached(
        number(row, name + "_level"),
        number(row, name + "_s"),
        number(row, name + "_half_width_s"));
  }

  private static double number(Map<String, String> row, String column) {
    return CsvCell.number(row.get(column));
  }

  String csv() {
    return ResultTable.of(rows)
        .text("condition", Row::condition)
        .exact("temperature_K", Row::kelvin)
        .text("observable", Row::observable)
        .exact("vacancies_per_site", Row::vacancies)
        .exact("start", Row::start)
        .exact("t50_level", row -> row.half().level())
        .exact("t90_level", row -> row.ninety().level())
        .exact("t50_s", row -> row.half().time())
        .exact("t50_half_width_s", row -> row.half().halfWidth())
        .exact("t90_s", row -> row.ninety().time())
        .exact("t90_half_width_s", row -> row.ninety().halfWidth())
        .exact("direct_t90_s", Row::direct)
        .table()
        .csv();
  }

  /** Times of the crystal, each in the unit that people would use. */
  ResultTable table() {
    return ResultTable.of(rows)
        .text("condition", Row::condition)
        .text("observable", Row::observable)
        .text("50 %", row -> Hours.text(row.half().time()))
        .text("90 %", row -> Hours.text(row.ninety().time()))
        .text("from", row -> text(Math.max(0, row.ninety().time() - row.ninety().halfWidth())))
        .text("to (95 %)", row -> text(row.ninety().time() + row.ninety().halfWidth()))
        .text("90 % direct", row -> text(row.direct()))
        .table()
        .known();
  }

  private static String text(double seconds) {
    return Double.isNaN(seconds) ? ResultTable.UNKNOWN : Hours.text(seconds);
  }

  /** Time of 90 % against the temperature. */
  Figure figure() {
    List<String> observables = rows.stream().map(Row::observable).distinct().toList();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < observables.size(); c++) {
      String name = observables.get(c);
      List<Row> own = rows.stream().filter(row -> row.observable().equals(name)).toList();
      double[] x = own.stream().mapToDouble(Row::kelvin).toArray();
      double[] y = own.stream().mapToDouble(row -> Hours.of(row.ninety().time())).toArray();
      // a bar down to nothing has no place on a logarithmic axis
      double[] bar =
          own.stream()
              .mapToDouble(
                  row -> Hours.of(Math.min(row.ninety().halfWidth(), 0.95 * row.ninety().time())))
              .toArray();
      if (x.length > 2) { // two points are no curve
        layers.add(Layer.line("", c, x, y));
      }
      layers.add(Layer.points(name, c, true, x, y, bar));
      double[] direct = own.stream().mapToDouble(row -> Hours.of(row.direct())).toArray();
      double[] none = own.stream().mapToDouble(row -> Double.NaN).toArray();
      layers.add(Layer.points("", c, false, x, direct, none));
    }
    return new Figure(
        "annealing",
        "Hold until 90 % of the order",
        "Time in the crystal after which 90 % of the change from a random alloy is made, with 95 %"
            + " intervals; open circles: direct runs.",
        Axis.linear("temperature (K)"),
        Axis.logarithmic("time of 90 % (h)"),
        layers);
  }

  /** What a terminal shows: nothing where no observable gets anywhere. */
  List<String> lines() {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("In a real crystal, held from a random alloy on (annealing.csv):");
    lines.addAll(table().lines());
    return lines;
  }
}
