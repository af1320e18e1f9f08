package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The numbers of an evaluation as tables for the terminal and the report. */
public final class EvaluationTables {
  private EvaluationTables() {}

  /**
   * Everything a terminal shows: both tables and the limits.
   *
   * @param evaluation the results
   * @return lines of text
   */
  public static List<String> lines(Evaluation evaluation) {
    List<String> lines = new ArrayList<>(components(evaluation).lines());
    lines.add("");
    lines.addAll(conditions(evaluation).lines());
    if (evaluation.hasDirect()) {
      lines.add("");
      lines.addAll(trajectories(evaluation).lines());
    }
    List<String> limits = Limits.of(evaluation);
    if (!limits.isEmpty()) {
      lines.add("");
      limits.forEach(limit -> lines.add("note: " + limit));
    }
    return lines;
  }

  /**
   * Late means, one row per condition and observable.
   *
   * @param evaluation the results
   * @return predicted, direct, difference, the same in combined errors, allowed, verdict
   */
  public static ResultTable components(Evaluation evaluation) {
    ResultTable table =
        new ResultTable(
            "condition",
            "observable",
            "predicted",
            "+-",
            "direct",
            "+-",
            "difference",
            "in errors",
            "allowed",
            "verdict");
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        table.row(
            condition.condition(),
            c.observable(),
            number("%.4f", c.predicted()),
            number("%.4f", c.predictedError()),
            number("%.4f", c.direct()),
            number("%.4f", c.directError()),
            number("%.4f", c.difference()),
            number("%.1f", c.difference() / c.combinedError()),
            number("%.4f", c.allowed()),
            c.verdict().word());
      }
    }
    return table;
  }

  /**
   * What holds for a whole condition, one row each.
   *
   * @param evaluation the results
   * @return relaxation, sum rules, trajectory error, calibration, relaxation times, stationarity
   */
  public static ResultTable conditions(Evaluation evaluation) {
    ResultTable table =
        new ResultTable(
            "condition",
            "small relaxed",
            "direct relaxed",
            "sum rule predicted",
            "sum rule direct",
            "trajectory error",
            "calibration",
            "runs",
            "relaxation times",
            "stationary");
    for (ConditionResult condition : evaluation.conditions()) {
      table.row(
          condition.condition(),
          condition.relaxed(ComponentResult::small),
          condition.relaxed(ComponentResult::directRelaxed),
          number("%.4f", condition.predictedSumRule()),
          number("%.4f", condition.directSumRule()),
          number("%.4f", condition.trajectoryError()),
          number("%.3f", condition.calibration().ratio()),
          Integer.toString(condition.directRuns()),
          number("%.1f", condition.relaxationTimes()),
          condition.stationary() ? "yes" : "no");
    }
    return table;
  }

  /**
   * How far whole trajectories are from direct runs, one row per condition: values with 95 %
   * intervals, and what two ensembles of direct runs would have.
   *
   * @param evaluation the results
   * @return errors of mean trajectories, discrepancy
   */
  public static ResultTable trajectories(Evaluation evaluation) {
    ResultTable table =
        new ResultTable(
            "condition",
            "error of mean",
            "95 %",
            "floor",
            "latent error",
            "95 %",
            "floor",
            "discrepancy",
            "95 %",
            "floor",
            "unbiased");
    for (ConditionResult condition : evaluation.conditions()) {
      TrajectoryError physical = condition.physicalError();
      TrajectoryError latent = condition.latentError();
      Discrepancy distance = condition.distance();
      table.row(
          condition.condition(),
          small(physical.value()),
          range(physical.interval()),
          small(physical.floor()),
          small(latent.value()),
          range(latent.interval()),
          small(latent.floor()),
          small(distance.mean().biased()),
          range(distance.interval()),
          small(distance.floor()),
          small(distance.mean().unbiased()));
    }
    return table;
  }

  private static String small(double value) {
    return number("%.3g", value);
  }

  private static String range(Bootstrap.Interval interval) {
    return Double.isNaN(interval.lower())
        ? "-"
        : small(interval.lower()) + " to " + small(interval.upper());
  }

  /**
   * Relaxation times and fluctuations, one row per condition and observable.
   *
   * @param evaluation the results
   * @return times, standard deviations
   */
  public static ResultTable dynamics(Evaluation evaluation) {
    String unit = evaluation.timeUnit().equals("1") ? "" : " (" + evaluation.timeUnit() + ")";
    ResultTable table =
        new ResultTable(
            "condition",
            "observable",
            "relaxation predicted" + unit,
            "relaxation direct" + unit,
            "95 % from",
            "95 % to",
            "spread over models",
            "deviation predicted",
            "deviation direct",
            "drift predicted",
            "drift direct");
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        table.row(
            condition.condition(),
            c.observable(),
            number("%.3e", c.predictedRelaxation()),
            number("%.3e", c.directRelaxation()),
            number("%.3e", c.directRelaxationInterval().lower()),
            number("%.3e", c.directRelaxationInterval().upper()),
            number("%.4f", c.predictedModelSpread()),
            number("%.4f", c.predictedDeviation()),
            number("%.4f", c.directDeviation()),
            number("%.4f", c.predictedStationarity().drift()),
            number("%.4f", c.directStationarity().drift()));
      }
    }
    return table;
  }

  private static String number(String pattern, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, pattern, value);
  }
}
