package org.latticelift.learn.evaluate;

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
              "trajectory_error_lower",
              "1",
              "2.5 % point of trajectory_error",
              c -> c.physicalError().interval().lower()),
          new Column(
              "trajectory_error_upper",
              "1",
              "97.5 % point of trajectory_error",
              c -> c.physicalError().interval().upper()),
          new Column(
              "trajectory_error_floor",
              "1",
              "the same of two ensembles of direct runs",
              c -> c.physicalError().floor()),
          new Column(
              "latent_error",
              "1",
              "relative error of the mean trajectory of the scaled variables of the equation",
              c -> c.latentError().value()),
          new Column(
              "latent_error_lower",
              "1",
              "2.5 % point of latent_error",
              c -> c.latentError().interval().lower()),
          new Column(
              "latent_error_upper",
              "1",
              "97.5 % point of latent_error",
              c -> c.latentError().interval().upper()),
          new Column(
              "latent_error_floor",
              "1",
              "the same of two ensembles of direct runs",
              c -> c.latentError().floor()),
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
              "discrepancy_lower",
              "1",
              "2.5 % point of discrepancy",
              c -> c.distance().interval().lower()),
          new Column(
              "discrepancy_upper",
              "1",
              "97.5 % point of discrepancy",
              c -> c.distance().interval().upper()),
          new Column(
              "discrepancy_floor",
              "1",
              "the same of two ensembles of direct runs",
              c -> c.distance().floor()),
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
              "direct_dropped",
              "1",
              "leading records of every direct run that are left out",
              ConditionResult::directDropped),
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
   * @param time times of the discrepancy
   * @param biased discrepancy at these times
   */
  static ConditionResult condition(
      String condition,
      double value,
      List<ComponentResult> components,
      Map<String, Double> values,
      double[] time,
      double[] biased) {
    return new ConditionResult(
        condition,
        value,
        components,
        values.get("sum_rule_predicted"),
        values.get("sum_rule_direct"),
        error("trajectory_error", values),
        error("latent_error", values),
        new Discrepancy(
            new MaximumMeanDiscrepancy(
                values.get("discrepancy_biased"), values.get("discrepancy_unbiased")),
            interval("discrepancy", values),
            values.get("discrepancy_floor"),
            time,
            biased),
        new Calibration(
            values.get("calibration"),
            values.get("calibration_error"),
            values.get("calibration_pairs").longValue()),
        values.get("predicted_time"),
        values.get("direct_time"),
        values.get("direct_runs").intValue(),
        values.get("direct_dropped"),
        values.get("relaxation_times"),
        values.get("extrapolated") == 1);
  }

  private static TrajectoryError error(String name, Map<String, Double> values) {
    return new TrajectoryError(
        values.get(name), interval(name, values), values.get(name + "_floor"));
  }

  private static Bootstrap.Interval interval(String name, Map<String, Double> values) {
    return new Bootstrap.Interval(values.get(name + "_lower"), values.get(name + "_upper"));
  }
}
