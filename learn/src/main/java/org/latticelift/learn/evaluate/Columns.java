package org.latticelift.learn.evaluate;

import static org.latticelift.learn.evaluate.ConditionColumns.Column.number;
import static org.latticelift.learn.evaluate.ConditionColumns.Column.time;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.ComponentResult.SmallSystem;
import org.latticelift.learn.evaluate.ComponentResult.Stationarity;
import org.latticelift.learn.evaluate.ConditionColumns.Column;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.evaluate.PathComparison.Verdict;

/** The numbers of one observable, in the order of files. */
final class Columns {
  private static final String CODE = "sum of 1 transient, 2 blocks, 4 drift, 8 mixing";

  static final List<Column<ComponentResult>> ALL =
      Stream.<List<Column<ComponentResult>>>of(
              List.of(number("predicted", "predicted late mean", ComponentResult::predicted)),
              uncertainty(
                  "predicted", false, "predicted late mean", ComponentResult::predictedUncertainty),
              List.of(
                  number(
                      "predicted_deviation",
                      "late standard deviation of a predicted trajectory",
                      ComponentResult::predictedDeviation)),
              uncertainty(
                  "predicted_deviation",
                  false,
                  "predicted late deviation",
                  ComponentResult::deviationUncertainty),
              List.of(
                  number("small_mean", "late mean of the small-system runs", c -> c.small().mean()),
                  number(
                      "small_error",
                      "standard error of the late mean of the small-system runs",
                      c -> c.small().error()),
                  number(
                      "small_half_width",
                      "half of the 95 % interval of the late mean of the small-system runs",
                      c -> c.small().halfWidth()),
                  number(
                      "small_deviation",
                      "late standard deviation of a small-system run",
                      c -> c.small().deviation()),
                  number(
                      "direct",
                      "time-weighted late mean of the direct runs",
                      ComponentResult::direct),
                  number(
                      "direct_error",
                      "standard error of the direct late mean",
                      ComponentResult::directError),
                  number(
                      "direct_half_width",
                      "half of the 95 % interval of the direct late mean",
                      ComponentResult::directHalfWidth),
                  number(
                      "direct_deviation",
                      "late standard deviation of a direct run",
                      ComponentResult::directDeviation),
                  time(
                      "direct_correlation",
                      "integrated autocorrelation time of the direct runs",
                      ComponentResult::directCorrelation),
                  number("difference", "predicted minus direct", ComponentResult::difference),
                  number(
                      "combined_error",
                      "standard error of the difference",
                      ComponentResult::combinedError),
                  number(
                      "tolerance",
                      "configured tolerance beside the intervals",
                      ComponentResult::tolerance),
                  number(
                      "allowed",
                      "combined 95 % interval of prediction and direct runs, and the tolerance on top",
                      ComponentResult::allowed),
                  number(
                      "passed",
                      "1 within the allowed difference, 0 beyond, -1 not compared",
                      c -> passed(c.verdict()))),
              List.of(
                  time(
                      "predicted_relaxation",
                      "1 - 1/e time of the ensemble mean",
                      ComponentResult::predictedRelaxation)),
              uncertainty(
                  "predicted_relaxation",
                  true,
                  "predicted relaxation time",
                  ComponentResult::relaxationUncertainty),
              List.of(
                  time(
                      "direct_relaxation",
                      "1 - 1/e time of the mean of the direct runs",
                      ComponentResult::directRelaxation),
                  time(
                      "direct_relaxation_lower",
                      "2.5 % bootstrap point over runs",
                      c -> c.directRelaxationInterval().lower()),
                  time(
                      "direct_relaxation_upper",
                      "97.5 % bootstrap point over runs",
                      c -> c.directRelaxationInterval().upper())),
              path(),
              List.of(
                  number(
                      "predicted_drift",
                      "second minus first half of the predicted late part",
                      c -> c.predictedStationarity().drift()),
                  number(
                      "predicted_drift_error",
                      "standard error of the predicted drift",
                      c -> c.predictedStationarity().error()),
                  number(
                      "predicted_stationary",
                      "1 if the predicted drift is insignificant",
                      c -> c.predictedStationarity().stationary() ? 1 : 0),
                  number(
                      "direct_drift",
                      "second minus first half of the direct late part",
                      c -> c.directStationarity().drift()),
                  number(
                      "direct_drift_error",
                      "standard error of the direct drift",
                      c -> c.directStationarity().error()),
                  number(
                      "direct_stationary",
                      "1 if the direct drift is insignificant",
                      c -> c.directStationarity().stationary() ? 1 : 0),
                  number(
                      "small_failed",
                      "criteria that the small-system runs fail: " + CODE,
                      c -> c.small().relaxation().code()),
                  number(
                      "direct_failed",
                      "criteria that the direct runs fail: " + CODE,
                      c -> c.directRelaxed().code())))
          .flatMap(List::stream)
          .toList();

  private Columns() {}

  private static List<Column<ComponentResult>> path() {
    List<Column<ComponentResult>> columns = new ArrayList<>();
    crossing(columns, "t50", "half", PathComparison::half);
    crossing(columns, "t75", "three quarters", PathComparison::threeQuarters);
    crossing(columns, "t90", "90 %", PathComparison::ninety);
    columns.add(
        number(
            "path_distance",
            "root mean square of predicted less direct mean until twice direct_t90",
            c -> c.path().distance()));
    columns.add(
        number(
            "path_floor",
            "what finite numbers of direct runs and trajectories make of it",
            c -> c.path().floor()));
    columns.add(
        number(
            "path_allowed",
            "root mean square of the combined 95 % intervals there",
            c -> c.path().allowed()));
    columns.add(
        number(
            "path_passed",
            "1 where these times and the distance agree within intervals, 0 where not, -1 not"
                + " compared",
            c -> passed(c.pathVerdict())));
    return columns;
  }

  /** Whether earlier versions did not have the column. */
  static boolean isOfPath(String name) {
    return name.startsWith("path_") || name.matches("(predicted|direct)_t[0-9]+(_half_width)?");
  }

  private static void crossing(
      List<Column<ComponentResult>> columns,
      String name,
      String share,
      Function<PathComparison, PathComparison.Crossing> of) {
    String what = " of the change of the direct runs is reached";
    columns.add(
        time(
            "predicted_" + name,
            "time after which " + share + what + ", predicted; infinite: never",
            c -> of.apply(c.path()).predicted()));
    columns.add(
        time(
            "predicted_" + name + "_half_width",
            "half of the 95 % interval of predicted_" + name,
            c -> of.apply(c.path()).predictedHalfWidth()));
    columns.add(
        time(
            "direct_" + name,
            "time after which " + share + what + ", direct",
            c -> of.apply(c.path()).direct()));
    columns.add(
        time(
            "direct_" + name + "_half_width",
            "half of the 95 % interval of direct_" + name + ", leaving out one run at a time",
            c -> of.apply(c.path()).directHalfWidth()));
  }

  private static List<Column<ComponentResult>> uncertainty(
      String name, boolean isTime, String what, Function<ComponentResult, Uncertainty> of) {
    return List.of(
        new Column<>(
            name + "_error", isTime, "standard error of the " + what, c -> of.apply(c).error()),
        new Column<>(
            name + "_half_width",
            isTime,
            "half of the 95 % interval of the " + what,
            c -> of.apply(c).halfWidth()),
        new Column<>(
            name + "_sigma_mc",
            isTime,
            "error of the " + what + " by the finite ensemble",
            c -> of.apply(c).ensemble()),
        new Column<>(
            name + "_sigma_model",
            isTime,
            "deviation of the " + what + " between models of the same pairs",
            c -> of.apply(c).model()),
        new Column<>(
            name + "_sigma_data",
            isTime,
            "deviation of the " + what + " by the data of the models",
            c -> of.apply(c).data()));
  }

  private static Uncertainty uncertainty(String name, Map<String, Double> values) {
    return new Uncertainty(
        values.get(name + "_sigma_mc"),
        values.get(name + "_sigma_model"),
        values.get(name + "_sigma_data"),
        values.get(name + "_error"),
        values.get(name + "_half_width"));
  }

  private static double passed(Verdict verdict) {
    return verdict == Verdict.NONE ? -1 : verdict == Verdict.OK ? 1 : 0;
  }

  /** The inverse of all columns ({@code values}: by column name). */
  static ComponentResult component(String observable, Map<String, Double> values) {
    return new ComponentResult(
        observable,
        values.get("predicted"),
        uncertainty("predicted", values),
        values.get("predicted_deviation"),
        uncertainty("predicted_deviation", values),
        values.get("direct"),
        values.get("direct_error"),
        values.get("direct_half_width"),
        values.get("direct_deviation"),
        values.get("direct_correlation"),
        values.get("tolerance"),
        values.get("predicted_relaxation"),
        uncertainty("predicted_relaxation", values),
        values.get("direct_relaxation"),
        new Bootstrap.Interval(
            values.get("direct_relaxation_lower"), values.get("direct_relaxation_upper")),
        stationarity(values, "predicted"),
        stationarity(values, "direct"),
        new PathComparison(
            crossing(values, "t50"),
            crossing(values, "t75"),
            crossing(values, "t90"),
            values.get("path_distance"),
            values.get("path_floor"),
            values.get("path_allowed")),
        new SmallSystem(
            values.get("small_mean"),
            values.get("small_error"),
            values.get("small_half_width"),
            values.get("small_deviation"),
            Relaxation.ofCode(values.get("small_failed"))),
        Relaxation.ofCode(values.get("direct_failed")));
  }

  private static PathComparison.Crossing crossing(Map<String, Double> values, String name) {
    return new PathComparison.Crossing(
        values.get("predicted_" + name),
        values.get("predicted_" + name + "_half_width"),
        values.get("direct_" + name),
        values.get("direct_" + name + "_half_width"));
  }

  private static Stationarity stationarity(Map<String, Double> values, String what) {
    return new Stationarity(
        values.get(what + "_drift"),
        values.get(what + "_drift_error"),
        values.get(what + "_stationary") == 1);
  }
}
