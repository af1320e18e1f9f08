package org.latticelift.learn.law;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.latticelift.io.config.Decimal;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.output.CsvReader;

/**
 * Many histories of the condition: points in time, straight lines between them, two points at one
 * time for a jump. Two numbers of memory for each point.
 *
 * <p>As comma-separated values the file has a header with {@code history}, the time ({@code
 * time_s}; {@code time} where it has no unit) and the parameter, then a point in each row, those of
 * a history together and in the order of time. As HDF5 it has datasets of these names: the
 * parameter [histories, times] with the time [times] or [histories, times]; or both [points], with
 * {@code length} [histories], the points of each. There {@code history}, texts or numbers, may be
 * missing.
 */
final class Histories {
  private static final String HISTORY = "history";
  private static final String LENGTH = "length";

  private final String timeName;
  private final String parameter;

  /** Refuses conditions at which the model was not trained. */
  private final DoubleConsumer allowed;

  private final List<String> names = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private int[] ends = new int[16];
  private double[] time = new double[1024];
  private double[] value = new double[1024];
  private int points;
  private String last = "";

  private Histories(String timeName, String parameter, DoubleConsumer allowed) {
    this.timeName = timeName;
    this.parameter = parameter;
    this.allowed = allowed;
  }

  /**
   * Reads a file.
   *
   * @param time name of the times
   * @param parameter name of the conditions
   * @param allowed refuses values of the condition
   */
  static Histories read(Path file, String time, String parameter, DoubleConsumer allowed) {
    Histories histories = new Histories(time, parameter, allowed);
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".h5") || name.endsWith(".hdf5")) {
      try (Hdf5Reader reader = Hdf5Reader.open(file)) {
        histories.hdf5(reader);
      }
    } else {
      histories.csv(file);
    }
    if (histories.names.isEmpty()) {
      throw bad("no histories", file.toString(), histories.columns());
    }
    histories.end();
    return histories;
  }

  private String columns() {
    return "points with the columns " + String.join(", ", HISTORY, timeName, parameter);
  }

  private void csv(Path file) {
    CsvReader.each(
        file,
        columns(),
        row -> {
          String where = file + ":" + row.line();
          Map<String, String> cells = row.cells();
          for (String column : List.of(HISTORY, timeName, parameter)) {
            if (!cells.containsKey(column) || cells.get(column).isBlank()) {
              String others = cells.containsKey(column) ? "" : ", but with " + cells.keySet();
              throw bad("a row without '" + column + "'" + others, where, columns());
            }
          }
          String name = cells.get(HISTORY).strip();
          if (names.isEmpty() || !name.equals(names.get(names.size() - 1))) {
            begin(name, where);
          }
          add(number(cells.get(timeName), where), number(cells.get(parameter), where), where);
        });
  }

  private static double number(String text, String where) {
    try {
      return Decimal.parse(text.strip());
    } catch (NumberFormatException e) {
      throw bad("'" + text + "' is no number", where, "a number in every cell");
    }
  }

  private void hdf5(Hdf5Reader reader) {
    long[] dims = reader.dims("/" + parameter);
    boolean matrix = dims.length == 2;
    int count = (int) (matrix ? dims[0] : reader.requireDims("/" + LENGTH, -1)[0]);
    int[] lengths = new int[count];
    if (matrix) {
      Arrays.fill(lengths, (int) dims[1]);
    } else {
      reader.requireDims("/" + parameter, -1);
      System.arraycopy(reader.ints("/" + LENGTH), 0, lengths, 0, count);
    }
    boolean shared = matrix && reader.dims("/" + timeName).length == 1;
    reader.requireDims("/" + timeName, shared ? new long[] {dims[1]} : dims);
    double[] times = reader.doubles("/" + timeName);
    double[] values = reader.doubles("/" + parameter);
    long all = Arrays.stream(lengths).asLongStream().sum();
    if (all != values.length || Arrays.stream(lengths).anyMatch(length -> length < 0)) {
      throw bad(
          "histories of " + all + " points together",
          reader.file() + " /" + LENGTH,
          "as many as there are values, " + values.length);
    }
    String[] named = names(reader, count);
    int at = 0;
    for (int i = 0; i < count; i++) {
      String where = reader.file() + ": history " + named[i];
      begin(named[i], where);
      for (int k = 0; k < lengths[i]; k++, at++) {
        add(times[shared ? k : at], values[at], where + ", point " + k);
      }
    }
  }

  private static String[] names(Hdf5Reader reader, int count) {
    String path = "/" + HISTORY;
    if (!reader.exists(path)) {
      return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }
    reader.requireDims(path, count);
    return reader.type(path) == ElementType.TEXT
        ? reader.texts(path)
        : Arrays.stream(reader.longs(path)).mapToObj(Long::toString).toArray(String[]::new);
  }

  private void begin(String name, String where) {
    end();
    if (!known.add(name)) {
      throw bad("history '" + name + "' a second time", where, "its points together, names once");
    }
    names.add(name);
    if (names.size() == ends.length) {
      ends = Arrays.copyOf(ends, 2 * ends.length);
    }
    ends[names.size() - 1] = points;
    last = where;
  }

  private void add(double at, double condition, String where) {
    if (!Double.isFinite(at) || !Double.isFinite(condition)) {
      throw bad(
          "a point with the time " + at + " and the condition " + condition,
          where,
          "finite numbers");
    }
    int first = from(names.size() - 1);
    if (points > first && at < time[points - 1]) {
      throw bad(
          "a history that goes back in time, from " + time[points - 1] + " to " + at,
          where,
          "times that do not decrease");
    }
    try {
      allowed.accept(condition);
    } catch (LatticeLiftException e) {
      throw e.under(where);
    }
    if (points == time.length) {
      time = Arrays.copyOf(time, 2 * points);
      value = Arrays.copyOf(value, 2 * points);
    }
    time[points] = at;
    value[points] = condition;
    points++;
    ends[names.size() - 1] = points;
    last = where;
  }

  private void end() {
    int i = names.size() - 1;
    if (i >= 0 && !(length(i) > 0)) {
      throw bad(
          "history '" + names.get(i) + "' takes no time: " + (to(i) - from(i)) + " points",
          last,
          "at least two points at different times");
    }
  }

  private static LatticeLiftException bad(String what, String where, String allowed) {
    return LatticeLiftException.badData(what, where, allowed, "Correct the file");
  }

  int count() {
    return names.size();
  }

  String name(int i) {
    return names.get(i);
  }

  /** Its first point among all. */
  int from(int i) {
    return i == 0 ? 0 : ends[i - 1];
  }

  /** Behind its last point. */
  int to(int i) {
    return ends[i];
  }

  double time(int point) {
    return time[point];
  }

  double value(int point) {
    return value[point];
  }

  double length(int i) {
    return to(i) > from(i) ? time[to(i) - 1] - time[from(i)] : 0;
  }

  double[] times(int i) {
    return IntStream.range(from(i), to(i)).mapToDouble(p -> time[p] - time[from(i)]).toArray();
  }

  double[] values(int i) {
    return Arrays.copyOfRange(value, from(i), to(i));
  }

  double lowest() {
    return Arrays.stream(value, 0, points).min().orElseThrow();
  }

  double highest() {
    return Arrays.stream(value, 0, points).max().orElseThrow();
  }
}
