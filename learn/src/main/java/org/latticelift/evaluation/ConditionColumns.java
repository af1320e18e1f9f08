package org.latticelift.evaluation;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The numbers of a whole condition as they stand in files. */
final class ConditionColumns {
  /**
   * One number per condition.
   *
   * @param name of the dataset and of the CSV column
   * @param units physical units
   * @param longName meaning
   * @param value how to get it
   */
  record Column(
      String name, String units, String longName, ToDoubleFunction<ConditionResult> value) {}

  static final List<Column> ALL =
      List.of(
          new Column(
              "sum_rule_predicted",
              "1",
              "largest sum-rule residual of the predicted late means",
              ConditionResult::predictedSumRule),
          new Column(
              "sum_rule_direct",
              "1",
              "largest sum-rule residual of the direct late means",
              ConditionResult::directSumRule),
          new Column(
              "trajectory_error",
              "1",
              "relative error of the mean trajectory",
              ConditionResult::trajectoryError),
          new Column(
              "discrepancy_biased",
              "1",
              "time-averaged maximum mean discrepancy, V-statistic",
              c -> c.discrepancy().biased()),
          new Column(
              "discrepancy_unbiased",
              "1",
              "time-averaged maximum mean discrepancy, U-statistic",
              c -> c.discrepancy().unbiased()),
          new Column(
              "calibration",
              "1",
              "mean standardised squared residual of the pairs, 1 if calibrated",
              c -> c.calibration().ratio()),
          new Column(
              "calibration_error",
              "1",
              "standard error of the calibration",
              c -> c.calibration().error()),
          new Column(
              "calibration_pairs",
              "1",
              "number of pairs of the calibration",
              c -> c.calibration().pairs()),
          new Column(
              "predicted_time", "s", "predicted physical time", ConditionResult::predictedTime),
          new Column(
              "direct_time",
              "s",
              "physical time of all direct runs together",
              ConditionResult::directTime),
          new Column("direct_runs", "1", "number of direct runs", ConditionResult::directRuns),
          new Column(
              "relaxation_times",
              "1",
              "duration of a direct run in relaxation times",
              ConditionResult::relaxationTimes),
          new Column(
              "extrapolated", "1", "1 outside the trained range", c -> c.extrapolated() ? 1 : 0));

  private ConditionColumns() {}

  /**
   * The inverse of all columns.
   *
   * @param condition name
   * @param value of the parameter
   * @param components one per observable
   * @param values by column name
   */
  static ConditionResult condition(
      String condition,
      double value,
      List<ComponentResult> components,
      Map<String, Double> values) {
    return new ConditionResult(
        condition,
        value,
        components,
        values.get("sum_rule_predicted"),
        values.get("sum_rule_direct"),
        values.get("trajectory_error"),
        new MaximumMeanDiscrepancy(
            values.get("discrepancy_biased"), values.get("discrepancy_unbiased")),
        new Calibration(
            values.get("calibration"),
            values.get("calibration_error"),
            values.get("calibration_pairs").longValue()),
        values.get("predicted_time"),
        values.get("direct_time"),
        values.get("direct_runs").intValue(),
        values.get("relaxation_times"),
        values.get("extrapolated") == 1);
  }
}
