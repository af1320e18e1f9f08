package org.latticelift.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latticelift.statistics.BlockedMean;
import org.latticelift.statistics.Criterion;
import org.latticelift.statistics.LateMean;
import org.latticelift.system.Condition;

/**
 * {@code simulate.csv} and {@code direct.csv}: one row per condition and observable with the mean
 * over the late records of all runs and its standard error, and what holds for the condition:
 * {@code relaxed} for all observables together, {@code failed} names the criteria that this one
 * fails. What is not known is empty.
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
          "dropped_records",
          "%s",
          "relaxed",
          "failed");

  private AveragesCsv() {}

  /**
   * The lines of the file.
   *
   * @param runs all runs
   * @param over what averages are over, {@code time} or {@code events}
   */
  static List<String> lines(RunStore<?> runs, String over) {
    List<Condition> conditions = runs.system().conditions();
    List<String> names = runs.system().macroscopics().names();
    List<String> lines = new ArrayList<>();
    lines.add(
        "condition,"
            + conditions.get(0).parameter()
            + ","
            + String.format(String.join(",", HEADER), timePerEvent(runs.system().timeUnit())));
    for (Condition condition : conditions) {
      ConditionAverages averages =
          ConditionAverages.of(
              runs.trajectories(condition), runs.records(condition) + 1, names.size());
      for (int c = 0; c < names.size(); c++) {
        lines.add(row(condition, names.get(c), averages, c, over, runs.runs()));
      }
    }
    return lines;
  }

  private static String timePerEvent(String unit) {
    return unit.equals("s") ? "seconds_per_event[s]" : "time_per_event";
  }

  private static String row(
      Condition condition, String name, ConditionAverages averages, int c, String over, int runs) {
    LateMean late = averages.observables().get(c);
    BlockedMean mean = late.mean();
    return Stream.of(
            condition.name(),
            number(condition.value()),
            name,
            number(mean.mean()),
            number(late.error()),
            number(mean.deviation()),
            number(mean.independent()),
            Integer.toString(mean.blocks()),
            over,
            Integer.toString(runs),
            Integer.toString(averages.records()),
            Integer.toString(averages.dropped()),
            number(averages.secondsPerEvent()),
            averages.relaxed() ? "yes" : "no",
            late.failed().stream().map(Criterion::word).collect(Collectors.joining(" ")))
        .collect(Collectors.joining(","));
  }

  private static String number(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "";
  }
}
