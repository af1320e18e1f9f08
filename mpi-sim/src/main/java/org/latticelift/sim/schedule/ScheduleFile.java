package org.latticelift.sim.schedule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.sim.system.Duration.TimeKey;

/**
 * A schedule as comma-separated values: a header with {@code time_s} ({@code time} where time has
 * no unit) and the parameter, then a point per row, in the order of time from 0 on. Values change
 * evenly from one point to the next; two rows at one time are a jump.
 */
public final class ScheduleFile {
  private ScheduleFile() {}

  static void addTo(ScheduleBuilder builder, Path file, String parameter, String timeUnit) {
    String time = TimeKey.of(timeUnit);
    List<CsvReader.Row> rows = rows(file, time, parameter);
    ScheduleBuilder.Points points = builder.points();
    for (CsvReader.Row row : rows) {
      String where = file + ", row " + row.line();
      points.add(number(row.cells(), time, where), number(row.cells(), parameter, where), where);
    }
    points.end(file.toString());
  }

  /**
   * Points as such a file; read again, they make {@link Schedule#through} of them.
   *
   * @param times of the points, ascending from 0
   * @param values of the condition at these times, as many
   * @param timeUnit {@code s}, or {@code 1} where time has no unit
   */
  public static String text(double[] times, double[] values, String parameter, String timeUnit) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(TimeKey.of(timeUnit), parameter));
    for (int i = 0; i < times.length; i++) {
      rows.add(List.of(Double.toString(times[i]), Double.toString(values[i])));
    }
    return CsvWriter.text(rows);
  }

  private static List<CsvReader.Row> rows(Path file, String time, String parameter) {
    String columns = "a header with the columns " + time + " and " + parameter;
    List<CsvReader.Row> rows = CsvReader.numbered(file, columns);
    for (String column : List.of(time, parameter)) {
      if (!rows.isEmpty() && !rows.get(0).cells().containsKey(column)) {
        throw LatticeLiftException.badData(
            "a schedule without the column '" + column + "'",
            file.toString(),
            columns,
            "Correct the header, which is " + String.join(", ", rows.get(0).cells().keySet()));
      }
    }
    return rows;
  }

  private static double number(Map<String, String> row, String column, String where) {
    String text = row.getOrDefault(column, "").strip();
    if (text.isEmpty()) {
      throw LatticeLiftException.badData(
          "a schedule with a gap: no " + column, where, "a number in every row", "Fill it in");
    }
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException e) {
      throw LatticeLiftException.badData(
          "'" + text + "' is no number", where + " " + column, "a number", "Correct it");
    }
  }
}
