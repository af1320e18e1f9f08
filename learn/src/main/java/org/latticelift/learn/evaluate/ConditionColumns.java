package org.latticelift.learn.evaluate;

import static org.latticelift.learn.evaluate.ConditionColumns.Column.number;
import static org.latticelift.learn.evaluate.ConditionColumns.Column.time;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.latticelift.learn.evaluate.ComponentResult.ConditionResult;
import org.latticelift.learn.evaluate.ComponentResult.TrajectoryError;
import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;

/** The numbers of a whole condition, in the order of files. */
final class ConditionColumns {
  static final List<Column<ConditionResult>> ALL =
      List.of(
          number(
              "sum_rule_predicted",
              "largest sum-rule residual of the predicted late means",
              ConditionResult::predictedSumRule),
          number(
              "sum_rule_direct",
              "largest sum-rule residual of the direct late means",
              ConditionResult::directSumRule),
          number(
              "trajectory_error",
              "relative error of the mean trajectory",
              ConditionResult::trajectoryError),
          number(
              "trajectory_error_lower",
              "2.5 % point of trajectory_error",
              c -> c.physicalError().interval().lower()),
          number(
              "trajectory_error_upper",
              "97.5 % point of trajectory_error",
              c -> c.physicalError().interval().upper()),
          number(
              "trajectory_error_floor",
              "the same of two ensembles of direct runs",
              c -> c.physicalError().floor()),
          number(
              "latent_error",
              "relative error of the mean trajectory of the scaled variables of the equation",
              c -> c.latentError().value()),
          number(
              "latent_error_lower",
              "2.5 % point of latent_error",
              c -> c.latentError().interval().lower()),
          number(
              "latent_error_upper",
              "97.5 % point of latent_error",
              c -> c.latentError().interval().upper()),
          number(
              "latent_error_floor",
              "the same of two ensembles of direct runs",
              c -> c.latentError().floor()),
          number(
              "discrepancy_biased",
              "time-averaged maximum mean discrepancy, V-statistic",
              c -> c.discrepancy().biased()),
          number(
              "discrepancy_unbiased",
              "time-averaged maximum mean discrepancy, U-statistic",
              c -> c.discrepancy().unbiased()),
          number(
              "discrepancy_lower",
              "2.5 % point of discrepancy",
              c -> c.distance().interval().lower()),
          number(
              "discrepancy_upper",
              "97.5 % point of discrepancy",
              c -> c.distance().interval().upper()),
          number(
              "discrepancy_floor",
              "the same of two ensembles of direct runs",
              c -> c.distance().floor()),
          number(
              "calibration",
              "mean standardised squared residual of the pairs, 1 if calibrated",
              c -> c.calibration().ratio()),
          number(
              "calibration_error",
              "standard error of the calibration",
              c -> c.calibration().error()),
          number(
              "calibration_pairs",
              "number of pairs of the calibration",
              c -> c.calibration().pairs()),
          time("predicted_time", "predicted physical time", ConditionResult::predictedTime),
          time(
              "direct_time",
              "physical time of all direct runs together",
              ConditionResult::directTime),
          number("direct_runs", "number of direct runs", ConditionResult::directRuns),
          number(
              "direct_dropped",
              "leading records of every direct run that are left out",
              ConditionResult::directDropped),
          number(
              "relaxation_times",
              "duration of a direct run in relaxation times",
              ConditionResult::relaxationTimes),
          number("extrapolated", "1 outside the trained range", c -> c.extrapolated() ? 1 : 0));

  private ConditionColumns() {}

  /**
   * The inverse of all columns ({@code components}: one per observable; {@code values}: by column
   * name).
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

  /**
   * A number of a result as it stands in files.
   *
   * @param name of the dataset and of the CSV column
   * @param isTime whether it has the unit of times; it has none otherwise
   * @param longName meaning
   * @param value how to get it
   * @param <R> result
   */
  record Column<R>(String name, boolean isTime, String longName, ToDoubleFunction<R> value) {
    static <R> Column<R> number(String name, String longName, ToDoubleFunction<R> value) {
      return new Column<>(name, false, longName, value);
    }

    static <R> Column<R> time(String name, String longName, ToDoubleFunction<R> value) {
      return new Column<>(name, true, longName, value);
    }

    String units(Evaluation evaluation) {
      return isTime ? evaluation.timeUnit() : "1";
    }
  }
}
