package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvReader;
import org.latticelift.sim.statistics.Criterion;

/**
 * What a terminal shows of {@code simulate.csv} and {@code direct.csv}: one row per condition,
 * means with the standard error of their last digits in brackets.
 */
public final class AveragesTable {
  private static final String SECONDS = "seconds_per_event[s]";
  private static final String FAILED = "failed";
  private static final String EVENTS = "events";
  private static final String ASKED = "asked_events";

  /** Numbers of events are as asked for within this part. */
  private static final double CLOSE = 0.1;

  private final Map<String, List<Map<String, String>>> conditions = new LinkedHashMap<>();

  private AveragesTable(List<Map<String, String>> rows) {
    for (Map<String, String> row : rows) {
      conditions.computeIfAbsent(row.get("condition"), name -> new ArrayList<>()).add(row);
    }
  }

  /**
   * Reads a file.
   *
   * @param file written by the stages simulate and direct
   * @return lines of text
   */
  public static List<String> lines(Path file) {
    return new AveragesTable(CsvReader.rows(file)).lines();
  }

  /**
   * What runs say of each observable.
   *
   * @param file written by the stages simulate and direct
   * @return by condition and observable
   */
  static Map<String, Map<String, SmallSystem>> observables(Path file) {
    AveragesTable table = new AveragesTable(CsvReader.rows(file));
    Map<String, Map<String, SmallSystem>> found = new LinkedHashMap<>();
    table.conditions.forEach((name, rows) -> found.put(name, observables(rows)));
    return found;
  }

  private static Map<String, SmallSystem> observables(List<Map<String, String>> rows) {
    Map<String, Relaxation> relaxations = relaxations(rows);
    Map<String, SmallSystem> found = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      String name = row.get("observable");
      found.put(
          name,
          new SmallSystem(
              number(row, "mean"),
              number(row, "error"),
              number(row, "half_width"),
              number(row, "deviation"),
              relaxations.getOrDefault(name, Relaxation.UNKNOWN)));
    }
    return found;
  }

  /** NaN where a column is empty, or a file has none. */
  private static double number(Map<String, String> row, String column) {
    return CsvCell.number(row.getOrDefault(column, ""));
  }

  /** Nothing of a file that does not name criteria. */
  private static Map<String, Relaxation> relaxations(List<Map<String, String>> rows) {
    Map<String, Relaxation> found = new LinkedHashMap<>();
    for (Map<String, String> row : rows) {
      if (row.containsKey(FAILED)) {
        found.put(row.get("observable"), Relaxation.of(Criterion.parse(row.get(FAILED))));
      }
    }
    return found;
  }

  private List<String> lines() {
    List<Map<String, String>> first = conditions.values().iterator().next();
    List<String> headers =
        new ArrayList<>(
            List.of("condition", "runs", "records", "dropped", title(first.get(0)), "relaxed"));
    first.forEach(row -> headers.add(row.get("observable")));
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    for (List<Map<String, String>> rows : conditions.values()) {
      table.row(cells(rows));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        "Means over "
            + first.get(0).get("average_over")
            + ", without the dropped records of every run; in brackets the standard error of the"
            + " last digits.");
    conditions.forEach(
        (name, rows) -> {
          String failures = Relaxation.failures(relaxations(rows));
          if (!failures.isEmpty()) {
            lines.add("note: " + name + ": not relaxed: " + failures + ".");
          }
          otherEvents(rows.get(0)).ifPresent(note -> lines.add("note: " + name + ": " + note));
        });
    return lines;
  }

  /** Runs of equal times have other numbers of events than a pilot run promised. */
  private static Optional<String> otherEvents(Map<String, String> row) {
    if (row.getOrDefault(ASKED, "").isEmpty()) {
      return Optional.empty();
    }
    double made = Double.parseDouble(row.get(EVENTS));
    double asked = Double.parseDouble(row.get(ASKED));
    return Math.abs(made - asked) <= CLOSE * asked
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%.3g events per run and patch instead of the %.3g asked for, as the pace of a"
                    + " single pilot run was another one; give the duration as a time, %.2g times"
                    + " that of these runs.",
                made,
                asked,
                asked / made));
  }

  private static String[] cells(List<Map<String, String>> rows) {
    Map<String, String> any = rows.get(0);
    List<String> cells =
        new ArrayList<>(
            Arrays.asList(
                any.get("condition"),
                any.get("runs"),
                any.get("records"),
                any.get("dropped_records"),
                seconds(any.get(perEvent(any))),
                any.get("relaxed")));
    rows.forEach(row -> cells.add(withError(row.get("mean"), row.get("error"))));
    return cells.toArray(String[]::new);
  }

  /** The name of the column of times per event, which tells their unit. */
  private static String perEvent(Map<String, String> row) {
    return row.containsKey(SECONDS) ? SECONDS : "time_per_event";
  }

  private static String title(Map<String, String> row) {
    return row.containsKey(SECONDS) ? "s/event" : "time/event";
  }

  private static String seconds(String text) {
    return text.isEmpty() ? "-" : String.format(Locale.ROOT, "%.4g", Double.parseDouble(text));
  }

  /**
   * A number with its error in brackets.
   *
   * @param mean a number
   * @param error its standard error; empty where it is not known
   * @return such as {@code -1.626(13)}: two digits of the error, of which the last stands for the
   *     last digit of the mean
   */
  static String withError(String mean, String error) {
    double value = Double.parseDouble(mean);
    if (error.isEmpty() || !(Double.parseDouble(error) > 0)) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
    double uncertain = Double.parseDouble(error);
    int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(uncertain)));
    long last = Math.round(uncertain * Math.pow(10, digits));
    return String.format(Locale.ROOT, "%." + digits + "f(%d)", value, last);
  }
}
