package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.csv.CsvReader;
import org.latticelift.io.csv.CsvWriter;

/**
 * {@code after-events.csv}: one row per condition, number of events and observable. What is not
 * available is empty.
 */
public final class AfterEventsCsv {
  /** Name in the run directory. */
  public static final String NAME = "after-events.csv";

  private static final List<String> NUMBERS =
      List.of("predicted", "predicted_half_width", "direct", "direct_half_width");

  private AfterEventsCsv() {}

  static String text(AfterEvents after, String timeUnit) {
    List<List<String>> rows = new ArrayList<>();
    List<String> header = new ArrayList<>(List.of("condition", after.parameter(), "events"));
    header.add(time(timeUnit));
    header.add("observable");
    header.addAll(NUMBERS);
    rows.add(header);
    for (AfterEvents.Point point : after.points()) {
      for (int c = 0; c < after.observables().size(); c++) {
        rows.add(
            List.of(
                point.condition(),
                number(point.value()),
                number(point.events()),
                number(point.time()),
                after.observables().get(c),
                number(point.predicted()[c]),
                number(point.predictedHalfWidth()[c]),
                number(point.direct()[c]),
                number(point.directHalfWidth()[c])));
      }
    }
    return CsvWriter.text(rows);
  }

  private static String time(String unit) {
    return unit.equals("1") ? "time" : "time[" + unit + "]";
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  /**
   * Reads the file back.
   *
   * @param file written by the stage {@code evaluate}
   * @param parameter that varies
   * @param observables m names
   * @param timeUnit unit of times
   * @return equal points
   */
  public static AfterEvents read(
      Path file, String parameter, List<String> observables, String timeUnit) {
    List<Map<String, String>> rows = CsvReader.rows(file);
    int m = observables.size();
    List<AfterEvents.Point> points = new ArrayList<>();
    for (int first = 0; first < rows.size(); first += m) {
      double[][] values = new double[NUMBERS.size()][m];
      for (int k = 0; k < values.length; k++) {
        for (int c = 0; c < m; c++) {
          values[k][c] = number(rows.get(first + c), NUMBERS.get(k));
        }
      }
      Map<String, String> row = rows.get(first);
      points.add(
          new AfterEvents.Point(
              row.get("condition"),
              number(row, parameter),
              number(row, "events"),
              number(row, time(timeUnit)),
              values[0],
              values[1],
              values[2],
              values[3]));
    }
    return new AfterEvents(parameter, observables, points);
  }

  private static double number(Map<String, String> row, String column) {
    String text = row.get(column);
    return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
  }
}
