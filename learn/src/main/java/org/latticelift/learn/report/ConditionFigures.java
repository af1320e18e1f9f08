package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.learn.evaluate.AfterEvents;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;

/** The figures against the condition: late means, and observables after numbers of events. */
final class ConditionFigures {
  private static final double[] NONE = {};

  /** Colour of what the legend says about all components. */
  private static final int KEY = 7;

  private final ConditionCurves curves;
  private final Evaluation evaluation;
  private final double[] values;

  ConditionFigures(ConditionCurves curves) {
    this.curves = curves;
    evaluation = curves.evaluation();
    values = evaluation.conditions().stream().mapToDouble(ConditionResult::value).toArray();
  }

  List<Figure> all() {
    List<Figure> figures = new ArrayList<>(List.of(againstCondition()));
    curves
        .after()
        .ifPresent(after -> after.events().forEach(n -> figures.add(afterEvents(after, n))));
    return figures;
  }

  private Figure againstCondition() {
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < evaluation.observables().size(); c++) {
      double[] predicted = component(c, ComponentResult::predicted);
      layers.add(Layer.line(evaluation.observables().get(c), c, values, predicted));
      layers.add(
          Layer.points(
              "",
              c,
              true,
              values,
              predicted,
              component(c, result -> width(result.predictedUncertainty().halfWidth(), result))));
      if (evaluation.hasDirect()) {
        layers.add(
            Layer.points(
                "",
                c,
                false,
                values,
                component(c, ComponentResult::direct),
                component(c, ComponentResult::directHalfWidth)));
      }
    }
    if (evaluation.hasDirect()) {
      layers.add(Layer.points("direct", KEY, false, NONE, NONE, NONE));
    }
    String direct = evaluation.hasDirect() ? "; open circles: direct simulation" : "";
    return new Figure(
        "order-against-condition",
        "Late means, predicted" + (evaluation.hasDirect() ? " and direct" : ""),
        "Lines and dots: prediction"
            + direct
            + ". Bars: 95 % intervals"
            + (evaluation.resampling().resampled() ? "." : ", of predictions one standard error."),
        Axis.ofParameter(evaluation.parameter()),
        Axis.linear("observable"),
        layers);
  }

  /** As a simulation sees it that ends after so many events. */
  private Figure afterEvents(AfterEvents after, double events) {
    List<AfterEvents.Point> points = after.after(events);
    double[] x = points.stream().mapToDouble(AfterEvents.Point::value).toArray();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < evaluation.observables().size(); c++) {
      int component = c;
      double[] predicted = points.stream().mapToDouble(p -> p.predicted()[component]).toArray();
      double[] width =
          points.stream().mapToDouble(p -> p.predictedHalfWidth()[component]).toArray();
      layers.add(Layer.line(evaluation.observables().get(c), c, x, predicted));
      layers.add(Layer.points("", c, true, x, predicted, width));
      double[] direct = points.stream().mapToDouble(p -> p.direct()[component]).toArray();
      double[] error = points.stream().mapToDouble(p -> p.directHalfWidth()[component]).toArray();
      layers.add(Layer.points("", c, false, x, direct, error));
    }
    String count = String.format(Locale.ROOT, "%.0f", events);
    return new Figure(
        "order-after-" + count + "-events",
        "After " + count + " events per patch",
        "Lines and dots: ensemble mean at the time in which the small system makes so many events;"
            + " open circles: direct simulation. Bars: 95 % intervals.",
        Axis.ofParameter(evaluation.parameter()),
        Axis.linear("observable"),
        layers);
  }

  /** Where there is no interval, one standard error. */
  private static double width(double half, ComponentResult result) {
    return Double.isNaN(half) ? result.predictedError() : half;
  }

  private double[] component(int c, ToDoubleFunction<ComponentResult> value) {
    return evaluation.conditions().stream()
        .mapToDouble(condition -> value.applyAsDouble(condition.components().get(c)))
        .toArray();
  }
}
