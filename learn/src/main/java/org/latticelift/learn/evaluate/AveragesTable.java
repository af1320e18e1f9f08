package org.latticelift.learn.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.evaluate.ComponentResult.Corrected;
import org.latticelift.learn.evaluate.ComponentResult.SmallSystem;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.sim.simulate.AveragesCsv;

/**
 * What a terminal shows of {@code simulate.csv} and {@code direct.csv}: one row per condition,
 * means with the standard error of their last digits in brackets.
 */
public final class AveragesTable {
  /** Numbers of events are as asked for within this part. */
  private static final double CLOSE = 0.1;

  private final Map<String, List<AveragesCsv.Row>> conditions = new LinkedHashMap<>();

  private AveragesTable(List<AveragesCsv.Row> rows) {
    for (AveragesCsv.Row row : rows) {
      conditions.computeIfAbsent(row.condition(), name -> new ArrayList<>()).add(row);
    }
  }

  /**
   * Reads a file ({@code file}: written by the stages simulate and direct; {@code details}: whether
   * all observables are shown, or those that are looked at first).
   */
  public static List<String> lines(Path file, boolean details) {
    return new AveragesTable(AveragesCsv.read(file)).lines(details);
  }

  /**
   * What runs say of each observable ({@code file}: written by the stages simulate and direct), by
   * condition and observable.
   */
  static Map<String, Map<String, SmallRuns>> observables(Path file) {
    AveragesTable table = new AveragesTable(AveragesCsv.read(file));
    Map<String, Map<String, SmallRuns>> found = new LinkedHashMap<>();
    table.conditions.forEach((name, rows) -> found.put(name, observables(rows)));
    return found;
  }

  private static Map<String, SmallRuns> observables(List<AveragesCsv.Row> rows) {
    Map<String, Relaxation> relaxations = relaxations(rows);
    Map<String, SmallRuns> found = new LinkedHashMap<>();
    for (AveragesCsv.Row row : rows) {
      found.put(
          row.observable(),
          new SmallRuns(
              new SmallSystem(
                  row.late().mean(),
                  row.late().error(),
                  row.late().halfWidth(),
                  row.late().deviation()),
              relaxations.getOrDefault(row.observable(), Relaxation.UNKNOWN)));
    }
    return found;
  }

  /** Nothing of a file that does not name criteria. */
  private static Map<String, Relaxation> relaxations(List<AveragesCsv.Row> rows) {
    Map<String, Relaxation> found = new LinkedHashMap<>();
    for (AveragesCsv.Row row : rows) {
      row.failed().ifPresent(failed -> found.put(row.observable(), Relaxation.of(failed)));
    }
    return found;
  }

  /** What runs of the small system say of an observable, and whether they are relaxed. */
  record SmallRuns(
      SmallSystem late, Relaxation relaxation, Corrected corrected, Reproduction training) {
    static final SmallRuns UNKNOWN = new SmallRuns(SmallSystem.UNKNOWN, Relaxation.UNKNOWN);

    SmallRuns(SmallSystem late, Relaxation relaxation) {
      this(late, relaxation, Corrected.UNKNOWN, Reproduction.UNKNOWN);
    }

    /** With the mean that is corrected for the size by this difference. */
    SmallRuns corrected(Estimate difference) {
      return new SmallRuns(late, relaxation, Corrected.of(late, difference), training);
    }

    /** With how the equation reproduces them. */
    SmallRuns reproduced(Reproduction by) {
      return new SmallRuns(late, relaxation, corrected, by);
    }
  }

  private List<String> lines(boolean details) {
    List<AveragesCsv.Row> first = conditions.values().iterator().next();
    int shown =
        details
            ? first.size()
            : MainObservables.count(first.stream().map(AveragesCsv.Row::observable).toList());
    List<String> headers =
        new ArrayList<>(
            List.of(
                "condition",
                "runs",
                "records",
                "dropped",
                first.get(0).inSeconds() ? "s/event" : "time/event",
                "relaxed"));
    first.subList(0, shown).forEach(row -> headers.add(row.observable()));
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    for (List<AveragesCsv.Row> rows : conditions.values()) {
      table.row(cells(rows, shown));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add(
        "Means over "
            + first.get(0).basis().over()
            + ", without the dropped records of every run; in brackets the standard error of the"
            + " last digits.");
    conditions.forEach(
        (name, rows) -> {
          String failures = Relaxation.failures(relaxations(rows));
          if (!failures.isEmpty()) {
            lines.add("note: " + name + ": not equilibrated: " + failures + ".");
          }
          otherEvents(rows.get(0)).ifPresent(note -> lines.add("note: " + name + ": " + note));
        });
    return lines;
  }

  /** Runs of equal times have other numbers of events than a pilot run promised. */
  private static Optional<String> otherEvents(AveragesCsv.Row row) {
    double made = row.events();
    double asked = row.askedEvents();
    return Double.isNaN(asked) || Math.abs(made - asked) <= CLOSE * asked
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

  private static String[] cells(List<AveragesCsv.Row> rows, int shown) {
    AveragesCsv.Row any = rows.get(0);
    List<String> cells =
        new ArrayList<>(
            Arrays.asList(
                any.condition(),
                any.basis().runs(),
                any.basis().records(),
                any.basis().dropped(),
                Double.isNaN(any.timePerEvent())
                    ? "-"
                    : String.format(Locale.ROOT, "%.4g", any.timePerEvent()),
                any.relaxed()));
    rows.subList(0, shown)
        .forEach(row -> cells.add(withError(row.late().mean(), row.late().error())));
    return cells.toArray(String[]::new);
  }

  /**
   * A number with its error in brackets ({@code error}: its standard error; NaN where it is not
   * known); such as {@code -1.626(13)}: two digits of the error, of which the last stands for the
   * last digit of the mean.
   */
  static String withError(double mean, double error) {
    if (!(error > 0)) {
      return String.format(Locale.ROOT, "%.4f", mean);
    }
    int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(error)));
    long last = Math.round(error * Math.pow(10, digits));
    return String.format(Locale.ROOT, "%." + digits + "f(%d)", mean, last);
  }

  /**
   * Which observables people look at first: all but the last ones, of which each is named as one of
   * those before with something and a dot in front, such as {@code shell2.MoMo} behind {@code
   * MoMo}.
   */
  public static final class MainObservables {
    private MainObservables() {}

    /** How many of the first observables these are; all where there is nothing behind them. */
    public static int count(List<String> observables) {
      int count = observables.size();
      while (count > 0 && detail(observables, count - 1)) {
        count--;
      }
      return count;
    }

    private static boolean detail(List<String> observables, int observable) {
      String name = observables.get(observable);
      String behind = name.substring(name.indexOf('.') + 1);
      return observables.subList(0, observable).contains(behind);
    }
  }
}
