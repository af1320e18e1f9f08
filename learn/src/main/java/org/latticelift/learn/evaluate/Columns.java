package org.latticelift.learn.evaluate;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.latticelift.learn.ensemble.Uncertainty;

/** The numbers of a component as they stand in files: name, unit and meaning, in one place. */
final class Columns {
  /**
   * One number per observable.
   *
   * @param name of the dataset and of the CSV column
   * @param units physical units
   * @param longName meaning
   * @param value how to get it
   */
  record Column(
      String name, String units, String longName, ToDoubleFunction<ComponentResult> value) {}

  private static final String CODE = "sum of 1 transient, 2 blocks, 4 drift, 8 mixing";

  static final List<Column> ALL =
      Stream.of(
              List.of(
                  new Column("predicted", "1", "predicted late mean", ComponentResult::predicted)),
              uncertainty(
                  "predicted", "1", "predicted late mean", ComponentResult::predictedUncertainty),
              List.of(
                  new Column(
                      "predicted_deviation",
                      "1",
                      "late standard deviation of a predicted trajectory",
                      ComponentResult::predictedDeviation)),
              uncertainty(
                  "predicted_deviation",
                  "1",
                  "predicted late deviation",
                  ComponentResult::deviationUncertainty),
              List.of(
                  new Column(
                      "small_mean",
                      "1",
                      "late mean of the small-system runs",
                      c -> c.small().mean()),
                  new Column(
                      "small_error",
                      "1",
                      "standard error of the late mean of the small-system runs",
                      c -> c.small().error()),
                  new Column(
                      "small_half_width",
                      "1",
                      "half of the 95 % interval of the late mean of the small-system runs",
                      c -> c.small().halfWidth()),
                  new Column(
                      "small_deviation",
                      "1",
                      "late standard deviation of a small-system run",
                      c -> c.small().deviation()),
                  new Column(
                      "direct",
                      "1",
                      "time-weighted late mean of the direct runs",
                      ComponentResult::direct),
                  new Column(
                      "direct_error",
                      "1",
                      "standard error of the direct late mean",
                      ComponentResult::directError),
                  new Column(
                      "direct_half_width",
                      "1",
                      "half of the 95 % interval of the direct late mean",
                      ComponentResult::directHalfWidth),
                  new Column(
                      "direct_deviation",
                      "1",
                      "late standard deviation of a direct run",
                      ComponentResult::directDeviation),
                  new Column(
                      "direct_correlation",
                      "s",
                      "integrated autocorrelation time of the direct runs",
                      ComponentResult::directCorrelation),
                  new Column(
                      "difference", "1", "predicted minus direct", ComponentResult::difference),
                  new Column(
                      "combined_error",
                      "1",
                      "standard error of the difference",
                      ComponentResult::combinedError),
                  new Column(
                      "tolerance",
                      "1",
                      "configured tolerance beside the intervals",
                      ComponentResult::tolerance),
                  new Column(
                      "allowed",
                      "1",
                      "combined 95 % interval of prediction and direct runs, and the tolerance on top",
                      ComponentResult::allowed),
                  new Column(
                      "passed",
                      "1",
                      "1 within the allowed difference, 0 beyond, -1 not compared",
                      c -> passed(c.verdict()))),
              List.of(
                  new Column(
                      "predicted_relaxation",
                      "s",
                      "1 - 1/e time of the ensemble mean",
                      ComponentResult::predictedRelaxation)),
              uncertainty(
                  "predicted_relaxation",
                  "s",
                  "predicted relaxation time",
                  ComponentResult::relaxationUncertainty),
              List.of(
                  new Column(
                      "direct_relaxation",
                      "s",
                      "1 - 1/e time of the mean of the direct runs",
                      ComponentResult::directRelaxation),
                  new Column(
                      "direct_relaxation_lower",
                      "s",
                      "2.5 % bootstrap point over runs",
                      c -> c.directRelaxationInterval().lower()),
                  new Column(
                      "direct_relaxation_upper",
                      "s",
                      "97.5 % bootstrap point over runs",
                      c -> c.directRelaxationInterval().upper()),
                  new Column(
                      "predicted_t50",
                      "s",
                      "time after which the ensemble mean has made half of its way",
                      c -> c.predictedPassages().half()),
                  new Column(
                      "predicted_t90",
                      "s",
                      "time after which the ensemble mean has made 90 % of its way",
                      c -> c.predictedPassages().ninety()),
                  new Column(
                      "direct_t50",
                      "s",
                      "time after which the mean of the direct runs has made half of its way",
                      c -> c.directPassages().half()),
                  new Column(
                      "direct_t90",
                      "s",
                      "time after which the mean of the direct runs has made 90 % of its way",
                      c -> c.directPassages().ninety()),
                  new Column(
                      "predicted_drift",
                      "1",
                      "second minus first half of the predicted late part",
                      c -> c.predictedStationarity().drift()),
                  new Column(
                      "predicted_drift_error",
                      "1",
                      "standard error of the predicted drift",
                      c -> c.predictedStationarity().error()),
                  new Column(
                      "predicted_stationary",
                      "1",
                      "1 if the predicted drift is insignificant",
                      c -> c.predictedStationarity().stationary() ? 1 : 0),
                  new Column(
                      "direct_drift",
                      "1",
                      "second minus first half of the direct late part",
                      c -> c.directStationarity().drift()),
                  new Column(
                      "direct_drift_error",
                      "1",
                      "standard error of the direct drift",
                      c -> c.directStationarity().error()),
                  new Column(
                      "direct_stationary",
                      "1",
                      "1 if the direct drift is insignificant",
                      c -> c.directStationarity().stationary() ? 1 : 0),
                  new Column(
                      "small_failed",
                      "1",
                      "criteria that the small-system runs fail: " + CODE,
                      c -> c.small().relaxation().code()),
                  new Column(
                      "direct_failed",
                      "1",
                      "criteria that the direct runs fail: " + CODE,
                      c -> c.directRelaxed().code())))
          .flatMap(List::stream)
          .toList();

  private Columns() {}

  private static List<Column> uncertainty(
      String name, String units, String what, Function<ComponentResult, Uncertainty> of) {
    return List.of(
        new Column(
            name + "_error", units, "standard error of the " + what, c -> of.apply(c).error()),
        new Column(
            name + "_half_width",
            units,
            "half of the 95 % interval of the " + what,
            c -> of.apply(c).halfWidth()),
        new Column(
            name + "_sigma_mc",
            units,
            "error of the " + what + " by the finite ensemble",
            c -> of.apply(c).ensemble()),
        new Column(
            name + "_sigma_model",
            units,
            "deviation of the " + what + " between models of the same pairs",
            c -> of.apply(c).model()),
        new Column(
            name + "_sigma_data",
            units,
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

  /**
   * The inverse of all columns.
   *
   * @param observable name
   * @param values by column name
   */
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
        passages(values, "predicted"),
        passages(values, "direct"),
        new SmallSystem(
            values.get("small_mean"),
            values.get("small_error"),
            values.get("small_half_width"),
            values.get("small_deviation"),
            Relaxation.ofCode(values.get("small_failed"))),
        Relaxation.ofCode(values.get("direct_failed")));
  }

  private static Passages passages(Map<String, Double> values, String what) {
    return new Passages(values.get(what + "_t50"), values.get(what + "_t90"));
  }

  private static Stationarity stationarity(Map<String, Double> values, String what) {
    return new Stationarity(
        values.get(what + "_drift"),
        values.get(what + "_drift_error"),
        values.get(what + "_stationary") == 1);
  }
}
