package org.latticelift.learn.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvReader;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.learn.evaluate.ResultTable;

/**
 * {@code path.csv}: one row for each record of a path, {@code time[s]}, {@code real_time[s]} where
 * vacancies of a crystal are given, the condition, and of every observable {@code NAME}, {@code
 * NAME_half_width}, {@code NAME_direct} and {@code NAME_direct_error}; what is not known is empty.
 */
final class PathTable {
  private static final String REAL = "real_time[s]";
  private static final List<String> COLUMNS =
      List.of("", "_half_width", "_direct", "_direct_error");

  private PathTable() {}

  static String csv(PathComparison path) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>();
    header.add(CsvCell.title("time", path.timeUnit()));
    if (path.realTime().length > 0) {
      header.add(REAL);
    }
    header.add(path.parameter());
    path.observables().forEach(name -> COLUMNS.forEach(ending -> header.add(name + ending)));
    rows.add(header);
    for (int r = 0; r <= path.last(); r++) {
      List<String> row = new ArrayList<>();
      row.add(CsvCell.of(path.time()[r]));
      if (path.realTime().length > 0) {
        row.add(CsvCell.of(path.realTime()[r]));
      }
      row.add(CsvCell.of(path.condition()[r]));
      for (int c = 0; c < path.m(); c++) {
        int at = r * path.m() + c;
        row.add(CsvCell.of(path.predicted()[at]));
        row.add(CsvCell.of(path.halfWidth()[at]));
        row.add(CsvCell.of(path.direct()[at]));
        row.add(CsvCell.of(path.error()[at]));
      }
      rows.add(row);
    }
    return CsvWriter.text(rows);
  }

  static PathComparison read(Path csv) {
    List<Map<String, String>> rows = CsvReader.rows(csv);
    List<String> columns = List.copyOf(rows.get(0).keySet());
    boolean real = columns.get(1).equals(REAL);
    int first = real ? 3 : 2;
    String time = columns.get(0);
    List<String> names =
        IntStream.iterate(first, i -> i < columns.size(), i -> i + COLUMNS.size())
            .mapToObj(columns::get)
            .toList();
    return new PathComparison(
        columns.get(first - 1),
        time.equals("time") ? "1" : time.substring(time.indexOf('[') + 1, time.length() - 1),
        names,
        column(rows, time),
        real ? column(rows, REAL) : new double[0],
        column(rows, columns.get(first - 1)),
        columns(rows, names, COLUMNS.get(0)),
        columns(rows, names, COLUMNS.get(1)),
        columns(rows, names, COLUMNS.get(2)),
        columns(rows, names, COLUMNS.get(3)));
  }

  private static double[] columns(
      List<Map<String, String>> rows, List<String> names, String ending) {
    return rows.stream()
        .flatMapToDouble(
            row -> names.stream().mapToDouble(name -> CsvCell.number(row.get(name + ending))))
        .toArray();
  }

  private static double[] column(List<Map<String, String>> rows, String name) {
    return rows.stream().mapToDouble(row -> CsvCell.number(row.get(name))).toArray();
  }

  /** The end of the path for a terminal, and how far the whole of it is from direct runs. */
  static List<String> lines(PathComparison path) {
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
        Arrays.stream(path.halfWidth()).anyMatch(Double::isFinite)
            ? "Predictions with half of their 95 % intervals"
                + (path.compared() ? ", direct means with standard errors." : ".")
            : "No intervals: there is one model, or models share all pairs.");
    return lines;
  }

  private static String end(PathComparison path) {
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

  private static List<String> row(PathComparison path, int c) {
    int at = path.last() * path.m() + c;
    List<String> row =
        new ArrayList<>(
            List.of(
                path.observables().get(c), withError(path.predicted()[at], path.halfWidth()[at])));
    if (path.compared()) {
      row.add(withError(path.direct()[at], path.error()[at]));
      row.add(String.format(Locale.ROOT, "%.4f", path.difference(path.last(), c)));
      row.add(String.format(Locale.ROOT, "%.4f", path.rms(c)));
    }
    return row;
  }

  private static String withError(double value, double error) {
    return Double.isNaN(error)
        ? String.format(Locale.ROOT, "%.4f", value)
        : String.format(Locale.ROOT, "%.4f ± %.4f", value, error);
  }
}
