package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.csv.CsvCell;
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
    header.add(CsvCell.title("time", timeUnit));
    header.add("observable");
    header.addAll(NUMBERS);
    rows.add(header);
    for (AfterEvents.Point point : after.points()) {
      for (int c = 0; c < after.observables().size(); c++) {
        rows.add(
            List.of(
                point.condition(),
                CsvCell.compact(point.value()),
                CsvCell.compact(point.events()),
                CsvCell.compact(point.time()),
                after.observables().get(c),
                CsvCell.compact(point.predicted()[c]),
                CsvCell.compact(point.predictedHalfWidth()[c]),
                CsvCell.compact(point.direct()[c]),
                CsvCell.compact(point.directHalfWidth()[c])));
      }
    }
    return CsvWriter.text(rows);
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
          values[k][c] = CsvCell.number(rows.get(first + c).get(NUMBERS.get(k)));
        }
      }
      Map<String, String> row = rows.get(first);
      points.add(
          new AfterEvents.Point(
              row.get("condition"),
              CsvCell.number(row.get(parameter)),
              CsvCell.number(row.get("events")),
              CsvCell.number(row.get(CsvCell.title("time", timeUnit))),
              values[0],
              values[1],
              values[2],
              values[3]));
    }
    return new AfterEvents(parameter, observables, points);
  }
}
