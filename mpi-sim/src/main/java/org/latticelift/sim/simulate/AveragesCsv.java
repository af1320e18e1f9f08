package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.latticelift.io.config.Binder;
import org.latticelift.io.output.CsvCell;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.CsvWriter;
import org.latticelift.sim.simulate.RunRecords.Trajectory;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.statistics.Criterion;
import org.latticelift.sim.statistics.LateAverages.LateMean;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Duration.TimeKey;
import org.latticelift.sim.system.LatticeSystem;

/**
 * {@code simulate.csv} and {@code direct.csv}: one row per condition and observable with the mean
 * over the late records of all runs, its standard error and half of its 95 % interval, and what
 * holds for the condition: {@code relaxed} for all observables together, {@code failed} names the
 * criteria that this one fails; {@code events} per run and patch beside those that were asked for.
 * What is not known is empty.
 */
public final class AveragesCsv {
  private static final String CONDITION = "condition";
  private static final String OBSERVABLE = "observable";
  private static final String MEAN = "mean";
  private static final String ERROR = "error";
  private static final String DEVIATION = "deviation";
  private static final String OVER = "average_over";
  private static final String RUNS = "runs";
  private static final String RECORDS = "records";
  private static final String DROPPED = "dropped_records";
  private static final String SECONDS_PER_EVENT = "seconds_per_event[s]";
  private static final String TIME_PER_EVENT = "time_per_event";
  private static final String RELAXED = "relaxed";
  private static final String FAILED = "failed";
  private static final String EVENTS = "events";
  private static final String ASKED_EVENTS = "asked_events";
  private static final String HALF_WIDTH = "half_width";

  private static final List<String> HEADER =
      List.of(
          OBSERVABLE,
          MEAN,
          ERROR,
          DEVIATION,
          "independent",
          "blocks",
          OVER,
          RUNS,
          RECORDS,
          DROPPED);

  private AveragesCsv() {}

  /**
   * What a row tells of an observable. A number that is not known, or that the file has no column
   * for, is NaN.
   *
   * @param condition name
   * @param observable name
   * @param timePerEvent of late records
   * @param inSeconds whether that time is in seconds; it has no unit otherwise
   * @param relaxed {@code yes} where all observables of the condition are
   * @param failed criteria that this one fails; empty if the file does not name them
   * @param events made per run and patch
   * @param askedEvents asked for; NaN where a time was
   */
  public record Row(
      String condition,
      String observable,
      Late late,
      Basis basis,
      double timePerEvent,
      boolean inSeconds,
      String relaxed,
      Optional<List<Criterion>> failed,
      double events,
      double askedEvents) {
    private static Row of(Map<String, String> cells) {
      boolean inSeconds = cells.containsKey(SECONDS_PER_EVENT);
      return new Row(
          cells.get(CONDITION),
          cells.get(OBSERVABLE),
          new Late(
              number(cells, MEAN),
              number(cells, ERROR),
              number(cells, HALF_WIDTH),
              number(cells, DEVIATION)),
          new Basis(cells.get(OVER), cells.get(RUNS), cells.get(RECORDS), cells.get(DROPPED)),
          number(cells, inSeconds ? SECONDS_PER_EVENT : TIME_PER_EVENT),
          inSeconds,
          cells.get(RELAXED),
          Optional.ofNullable(cells.get(FAILED)).map(Criterion::parse),
          number(cells, EVENTS),
          number(cells, ASKED_EVENTS));
    }

    private static double number(Map<String, String> cells, String column) {
      return CsvCell.number(cells.getOrDefault(column, ""));
    }
  }

  /**
   * Late records of an observable.
   *
   * @param error standard error of the mean
   * @param halfWidth of its 95 % interval
   * @param deviation of a record
   */
  public record Late(double mean, double error, double halfWidth, double deviation) {}

  /**
   * What means are taken of.
   *
   * @param over {@code time} or {@code events}
   * @param runs their number
   * @param records of every run
   * @param dropped leading records of every run
   */
  public record Basis(String over, String runs, String records, String dropped) {}

  /**
   * Reads a file ({@code file}: written by the stages simulate and direct); its rows, those of a
   * condition one after the other.
   */
  public static List<Row> read(Path file) {
    return CsvReader.rows(file).stream().map(Row::of).toList();
  }

  static String text(RunStore<?> runs, SimulateConfig config) {
    long patches = runs.extent().patches();
    return text(
        runs.system(),
        config.sampling(),
        runs::trajectories,
        condition -> runs.records(condition) + 1,
        (condition, all) -> events(all, condition, runs.records(condition), patches, config));
  }

  /**
   * The text of the file ({@code runs}: of each condition; {@code records}: how many of each run
   * are looked at, the initial one included; {@code events}: the cells of events).
   */
  static String text(
      LatticeSystem<?> system,
      Sampling over,
      Function<Condition, List<Trajectory>> runs,
      ToIntFunction<Condition> records,
      BiFunction<Condition, List<Trajectory>, List<String>> events) {
    List<Condition> conditions = system.conditions();
    List<String> names = system.macroscopics().names();
    List<String> header = new ArrayList<>(List.of(CONDITION, conditions.get(0).parameter()));
    header.addAll(HEADER);
    header.addAll(
        List.of(
            TimeKey.inSeconds(system.timeUnit()) ? SECONDS_PER_EVENT : TIME_PER_EVENT,
            RELAXED,
            FAILED,
            EVENTS,
            ASKED_EVENTS,
            HALF_WIDTH));
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (Condition condition : conditions) {
      List<Trajectory> all = runs.apply(condition);
      if (!all.isEmpty()) {
        ConditionAverages averages =
            ConditionAverages.of(all, records.applyAsInt(condition), names.size());
        List<String> cells = events.apply(condition, all);
        for (int c = 0; c < names.size(); c++) {
          List<String> row =
              new ArrayList<>(row(condition, names.get(c), averages, c, over, all.size()));
          row.addAll(cells);
          row.add(number(averages.observables().get(c).halfWidth()));
          rows.add(row);
        }
      }
    }
    return CsvWriter.text(rows);
  }

  /** Made per run and patch, and asked for in so many records; the latter empty for a time. */
  private static List<String> events(
      List<Trajectory> runs,
      Condition condition,
      int records,
      long patches,
      SimulateConfig config) {
    double made = 0;
    for (Trajectory run : runs) {
      made += run.jumps(records) / (double) patches / runs.size();
    }
    double part = records / (double) config.records();
    String asked =
        config.duration().events(condition).map(events -> number(events * part)).orElse("");
    return List.of(number(made), asked);
  }

  private static List<String> row(
      Condition condition,
      String name,
      ConditionAverages averages,
      int c,
      Sampling over,
      int runs) {
    LateMean late = averages.observables().get(c);
    BlockedMean mean = late.mean();
    return List.of(
        condition.name(),
        number(condition.value()),
        name,
        number(mean.mean()),
        number(late.error()),
        number(mean.deviation()),
        number(mean.independent()),
        Integer.toString(mean.blocks()),
        Binder.text(over),
        Integer.toString(runs),
        Integer.toString(averages.records()),
        Integer.toString(averages.dropped()),
        number(averages.timePerEvent()),
        averages.relaxed() ? "yes" : "no",
        late.failed().stream().map(Criterion::word).collect(Collectors.joining(" ")));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
