package org.latticelift.learn.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.sde.Quantities;

/** Predictions as rows: all of them for a file, some for a terminal. */
final class PredictionTable {
  /** Rows of a single schedule on a terminal. */
  private static final int ROWS = 11;

  /** The last column before the observables. */
  private static final String NOVELTY = "novelty";

  private static final String OUTSIDE = "outside";
  private static final String REAL = "real_time[s]";

  /** Behind all others: a time, like the first columns, but in units of the model. */
  private static final String UNITS = "model_time";

  /** Mean, deviation and half width of every observable. */
  private static final int CURVES = 3;

  private PredictionTable() {}

  private record At(SchedulePrediction prediction, int record) {
    PredictedPath path() {
      return prediction.path();
    }
  }

  /** One row for every record of every schedule; what is not known is empty. */
  static String csv(Predictions predictions) {
    List<At> rows =
        predictions.all().stream()
            .flatMap(p -> IntStream.range(0, p.path().time().length).mapToObj(r -> new At(p, r)))
            .toList();
    Quantities quantities = predictions.quantities();
    ResultTable.Columns<At> table =
        ResultTable.of(rows)
            .text("schedule", at -> at.prediction().name())
            .exact(
                CsvCell.title("time", quantities.timeUnit()), at -> at.path().time()[at.record()]);
    if (predictions.all().stream().anyMatch(SchedulePrediction::real)) {
      table.exact(REAL, at -> at.prediction().realTime()[at.record()]);
    }
    table
        .exact(quantities.parameter(), at -> at.path().condition()[at.record()])
        .text(OUTSIDE, at -> at.path().outside()[at.record()] ? "yes" : "no")
        .exact(NOVELTY, at -> at.path().novelty()[at.record()]);
    curves(table, predictions, "", PredictedPath::mean);
    curves(table, predictions, "_std", PredictedPath::deviation);
    curves(table, predictions, "_half_width", PredictedPath::halfWidth);
    return table.exact(UNITS, at -> at.prediction().units()[at.record()]).table().csv();
  }

  private static void curves(
      ResultTable.Columns<At> table,
      Predictions predictions,
      String ending,
      Function<PredictedPath, double[]> curve) {
    int m = predictions.m();
    for (int c = 0; c < m; c++) {
      int component = c;
      table.exact(
          predictions.observables().get(c) + ending,
          at -> curve.apply(at.path())[at.record() * m + component]);
    }
  }

  /** The path of a single schedule, or the ends of several. */
  static List<String> lines(Path csv) {
    Map<String, List<List<String>>> schedules = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    for (Map<String, String> row : CsvReader.rows(csv)) {
      if (columns.isEmpty()) {
        columns.addAll(row.keySet());
      }
      schedules
          .computeIfAbsent(row.get(columns.get(0)), name -> new ArrayList<>())
          .add(List.copyOf(row.values()));
    }
    return lines(columns, schedules);
  }

  private static List<String> lines(
      List<String> columns, Map<String, List<List<String>>> schedules) {
    boolean single = schedules.size() == 1;
    Columns places = Columns.of(columns);
    List<String> headers = new ArrayList<>(columns.subList(single ? 1 : 0, places.outside()));
    headers.replaceAll(name -> name.equals(REAL) ? "real time" : name);
    headers.addAll(columns.subList(places.first(), places.first() + places.main(columns)));
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    boolean outside = false;
    boolean far = false;
    boolean known = true;
    for (List<List<String>> rows : schedules.values()) {
      int last = rows.size() - 1;
      int shown = Math.min(ROWS, rows.size());
      for (int i = single ? 0 : shown - 1; i < shown; i++) {
        int record = (int) ((long) i * last / (shown - 1));
        List<List<String>> passed = rows.subList(0, record + 1);
        boolean left = passed.stream().anyMatch(row -> row.get(places.outside()).equals("yes"));
        boolean strayed = passed.stream().anyMatch(row -> far(row, places));
        outside |= left;
        far |= strayed;
        known &= !rows.get(record).get(places.halfWidth(0)).isEmpty();
        String mark = (left ? " !" : "") + (strayed ? " *" : "");
        table.row(row(rows.get(record), mark, single, places, places.main(columns)));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        (single ? "" : "At the end of each schedule. ")
            + (known
                ? "Means of the ensemble with half of their 95 % intervals."
                : "Means of the ensemble; no interval, as there is one model, or models share all pairs.")
            + (places.main(columns) < places.observables()
                ? " "
                    + (places.observables() - places.main(columns))
                    + " further observables: prediction.csv."
                : ""));
    if (outside) {
      lines.add(
          "note: ! marks what passed conditions at which the model was not trained; nothing tells"
              + " how far off it is.");
    }
    if (far) {
      lines.add(
          "note: * marks what passed states farther from those of the training than these are from"
              + " each other; intervals do not hold there. Train with simulate.step_runs.");
    }
    return lines;
  }

  private static boolean far(List<String> row, Columns places) {
    String novelty = row.get(places.first() - 1);
    return !novelty.isEmpty() && Double.parseDouble(novelty) > 1;
  }

  /**
   * Where columns stand.
   *
   * @param outside the column after the condition, whatever comes before
   * @param first observable
   * @param observables their number
   */
  private record Columns(int outside, int first, int observables) {
    static Columns of(List<String> names) {
      int first = names.indexOf(NOVELTY) + 1;
      return new Columns(names.indexOf(OUTSIDE), first, (names.size() - first) / CURVES);
    }

    int main(List<String> names) {
      return MainObservables.count(names.subList(first, first + observables));
    }

    int halfWidth(int observable) {
      return first + 2 * observables + observable;
    }
  }

  static String condition(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE;
    return whole ? Integer.toString((int) value) : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String[] row(
      List<String> row, String mark, boolean single, Columns places, int shown) {
    List<String> cells = new ArrayList<>();
    if (!single) {
      cells.add(row.get(0));
    }
    cells.add(String.format(Locale.ROOT, "%.4g", Double.parseDouble(row.get(1))));
    int condition = places.outside() - 1;
    if (condition > 2) {
      cells.add(Hours.text(Double.parseDouble(row.get(2))));
    }
    cells.add(condition(Double.parseDouble(row.get(condition))) + mark);
    for (int c = 0; c < shown; c++) {
      String mean =
          String.format(Locale.ROOT, "%.4f", Double.parseDouble(row.get(places.first() + c)));
      String half = row.get(places.halfWidth(c));
      cells.add(
          half.isEmpty()
              ? mean
              : String.format(Locale.ROOT, "%s ± %.4f", mean, Double.parseDouble(half)));
    }
    return cells.toArray(String[]::new);
  }
}
