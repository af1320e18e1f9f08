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

  /** Puts segments one after the other and refuses what is no schedule. */
  static final class ScheduleBuilder {
    private static final int MOST_SEGMENTS = 1_000_000;

    private final List<Segment> segments = new ArrayList<>();
    private final String where;

    /**
     * @param where the section, for messages
     */
    ScheduleBuilder(String where) {
      this.where = where;
    }

    boolean empty() {
      return segments.isEmpty();
    }

    /** Where the last segment ended. */
    double value() {
      return segments.get(segments.size() - 1).to();
    }

    private double time() {
      return empty() ? 0 : segments.get(segments.size() - 1).end();
    }

    /** Adds a straight piece ({@code at}: place in the configuration or file, for messages). */
    void add(double length, double from, double to, String at) {
      double start = time();
      if (!(length > 0) || Double.isInfinite(start + length) || start + length == start) {
        throw LatticeLiftException.badData(
            "a part of a schedule that takes " + length + " after " + start,
            at,
            "positive times that add up",
            "Correct the time");
      }
      requireValue(from, at);
      requireValue(to, at);
      if (segments.size() == MOST_SEGMENTS) {
        throw LatticeLiftException.badData(
            "a schedule of more than a million parts", at, "fewer", "Shorten it");
      }
      segments.add(new Segment(start, start + length, from, to));
    }

    void add(Schedule schedule, int count, String at) {
      for (int i = 0; i < count; i++) {
        for (Segment segment : schedule.segments()) {
          add(segment.end() - segment.start(), segment.from(), segment.to(), at);
        }
      }
    }

    private static void requireValue(double value, String at) {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw LatticeLiftException.badData(
            "a schedule with the value " + value,
            at,
            "finite numbers above 0",
            "Correct the value");
      }
    }

    /** Straight lines between points that are added next. */
    Points points() {
      return new Points();
    }

    Schedule build() {
      if (empty()) {
        throw LatticeLiftException.badData(
            "an empty schedule", where, "at least one protocol", "Write one, or leave it out");
      }
      return new Schedule(segments);
    }

    /** Points at times that begin at 0 where the segments before end. */
    final class Points {
      private int count;
      private double lastTime;
      private double lastValue;

      /**
       * Goes on to a point ({@code time}: not before that of the last point; equal to it for a
       * jump; {@code at}: place, for messages).
       */
      void add(double time, double value, String at) {
        requireValue(value, at);
        if (!(time >= 0) || Double.isInfinite(time)) {
          throw LatticeLiftException.badData(
              "a schedule with the time " + time, at, "times from 0 on", "Correct the time");
        }
        if (count == 0 && time > 0) {
          throw LatticeLiftException.badData(
              "a schedule with a gap from 0 to " + time,
              at,
              "a first point at time 0",
              "Add the value at the beginning");
        }
        if (time < lastTime) {
          throw LatticeLiftException.badData(
              "a schedule that goes back in time, from " + lastTime + " to " + time,
              at,
              "times that do not decrease",
              "Order the points by time");
        }
        if (time > lastTime) {
          ScheduleBuilder.this.add(time - lastTime, lastValue, value, at);
        }
        count++;
        lastTime = time;
        lastValue = value;
      }

      /** Ends the list of points ({@code at}: place, for messages). */
      void end(String at) {
        if (!(lastTime > 0)) {
          throw LatticeLiftException.badData(
              "a schedule of " + count + " points that takes no time",
              at,
              "at least two points at different times",
              "Add the others");
        }
      }
    }
  }
}
