package org.latticelift.learn.predict;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.latticelift.io.csv.CsvReader;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.learn.ensemble.PredictedPath;
import org.latticelift.learn.evaluate.ResultTable;
import org.latticelift.learn.sde.Quantities;

/** Predictions as rows: all of them for a file, some for a terminal. */
final class PredictionTable {
  /** Rows of a single schedule on a terminal. */
  private static final int ROWS = 11;

  /** Columns before the observables: schedule, time, condition, outside. */
  private static final int FIRST = 4;

  /** Mean, deviation and half width of every observable. */
  private static final int CURVES = 3;

  private PredictionTable() {}

  /** One row for every record of every schedule; what is not known is empty. */
  static String csv(Predictions predictions) {
    Quantities quantities = predictions.quantities();
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    header.add("schedule");
    header.add(quantities.timeUnit().equals("1") ? "time" : "time[" + quantities.timeUnit() + "]");
    header.add(quantities.parameter());
    header.add("outside");
    for (String ending : List.of("", "_std", "_half_width")) {
      predictions.observables().forEach(name -> header.add(name + ending));
    }
    rows.add(header);
    for (Prediction prediction : predictions.all()) {
      PredictedPath path = prediction.path();
      for (int r = 0; r < path.time().length; r++) {
        List<String> row = new ArrayList<>();
        row.add(prediction.name());
        row.add(number(path.time()[r]));
        row.add(number(path.condition()[r]));
        row.add(path.outside()[r] ? "yes" : "no");
        for (double[] curve : List.of(path.mean(), path.deviation(), path.halfWidth())) {
          for (int c = 0; c < predictions.m(); c++) {
            row.add(number(curve[r * predictions.m() + c]));
          }
        }
        rows.add(row);
      }
    }
    return CsvWriter.text(rows);
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : Double.toString(value);
  }

  /** The path of a single schedule, or the ends of several. */
  static List<String> lines(Path csv) {
    Map<String, List<List<String>>> schedules = new LinkedHashMap<>();
    List<String> columns = new ArrayList<>();
    try {
      for (Map<String, String> row : CsvReader.rows(csv)) {
        if (columns.isEmpty()) {
          columns.addAll(row.keySet());
        }
        schedules
            .computeIfAbsent(row.get(columns.get(0)), name -> new ArrayList<>())
            .add(List.copyOf(row.values()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines(columns, schedules);
  }

  private static List<String> lines(
      List<String> columns, Map<String, List<List<String>>> schedules) {
    boolean single = schedules.size() == 1;
    int m = (columns.size() - FIRST) / CURVES;
    List<String> headers = new ArrayList<>(columns.subList(single ? 1 : 0, FIRST - 1));
    headers.addAll(columns.subList(FIRST, FIRST + m));
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    boolean outside = false;
    boolean known = true;
    for (List<List<String>> rows : schedules.values()) {
      int last = rows.size() - 1;
      int shown = Math.min(ROWS, rows.size());
      for (int i = single ? 0 : shown - 1; i < shown; i++) {
        int record = (int) ((long) i * last / (shown - 1));
        boolean passed =
            rows.subList(0, record + 1).stream().anyMatch(row -> row.get(FIRST - 1).equals("yes"));
        outside |= passed;
        known &= !rows.get(record).get(FIRST + 2 * m).isEmpty();
        table.row(row(rows.get(record), passed, single, m));
      }
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        (single ? "" : "At the end of each schedule. ")
            + (known
                ? "Means of the ensemble with half of their 95 % intervals."
                : "Means of the ensemble; no interval, as there is one model, or models share all pairs."));
    if (outside) {
      lines.add(
          "note: ! marks what passed conditions at which the model was not trained; nothing tells"
              + " how far off it is.");
    }
    return lines;
  }

  private static String condition(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < Integer.MAX_VALUE;
    return whole ? Integer.toString((int) value) : String.format(Locale.ROOT, "%.6g", value);
  }

  private static String[] row(List<String> row, boolean passed, boolean single, int m) {
    List<String> cells = new ArrayList<>();
    if (!single) {
      cells.add(row.get(0));
    }
    cells.add(String.format(Locale.ROOT, "%.4g", Double.parseDouble(row.get(1))));
    String value = condition(Double.parseDouble(row.get(2)));
    cells.add(passed ? value + " !" : value);
    for (int c = FIRST; c < FIRST + m; c++) {
      String mean = String.format(Locale.ROOT, "%.4f", Double.parseDouble(row.get(c)));
      String half = row.get(c + 2 * m);
      cells.add(
          half.isEmpty()
              ? mean
              : String.format(Locale.ROOT, "%s ± %.4f", mean, Double.parseDouble(half)));
    }
    return cells.toArray(String[]::new);
  }
}
