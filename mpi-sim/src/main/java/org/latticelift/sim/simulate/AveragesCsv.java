package org.latticelift.sim.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.latticelift.io.config.Binder;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.statistics.Criterion;
import org.latticelift.sim.statistics.LateMean;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.TimeKey;

/**
 * {@code simulate.csv} and {@code direct.csv}: one row per condition and observable with the mean
 * over the late records of all runs, its standard error and half of its 95 % interval, and what
 * holds for the condition: {@code relaxed} for all observables together, {@code failed} names the
 * criteria that this one fails; {@code events} per run and patch beside those that were asked for.
 * What is not known is empty.
 */
final class AveragesCsv {
  private static final List<String> HEADER =
      List.of(
          "observable",
          "mean",
          "error",
          "deviation",
          "independent",
          "blocks",
          "average_over",
          "runs",
          "records",
          "dropped_records");

  private AveragesCsv() {}

  /**
   * The text of the file.
   *
   * @param runs all runs
   * @param config of the stage
   */
  static String text(RunStore<?> runs, SimulateConfig config) {
    List<Condition> conditions = runs.system().conditions();
    List<String> names = runs.system().macroscopics().names();
    List<String> header = new ArrayList<>(List.of("condition", conditions.get(0).parameter()));
    header.addAll(HEADER);
    header.addAll(
        List.of(
            timePerEvent(runs.system().timeUnit()),
            "relaxed",
            "failed",
            "events",
            "asked_events",
            "half_width"));
    List<List<String>> rows = new ArrayList<>();
    rows.add(header);
    for (Condition condition : conditions) {
      List<Trajectory> all = runs.trajectories(condition);
      int records = runs.records(condition);
      ConditionAverages averages = ConditionAverages.of(all, records + 1, names.size());
      List<String> events = events(all, condition, records, runs.extent().patches(), config);
      for (int c = 0; c < names.size(); c++) {
        List<String> row =
            new ArrayList<>(
                row(condition, names.get(c), averages, c, config.sampling(), runs.runs()));
        row.addAll(events);
        row.add(number(averages.observables().get(c).halfWidth()));
        rows.add(row);
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

  private static String timePerEvent(String unit) {
    return TimeKey.inSeconds(unit) ? "seconds_per_event[s]" : "time_per_event";
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
