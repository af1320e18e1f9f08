package org.latticelift.learn.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Figure.Axis;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.plot.TimeScale;
import org.latticelift.learn.ensemble.PathPrediction.PredictedPath;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;

/** What predictions look like: observables against time for each schedule, and the schedules. */
final class PredictionFigures {
  private PredictionFigures() {}

  static List<Figure> all(Predictions predictions) {
    List<Figure> figures = new ArrayList<>();
    for (int p = 0; p < predictions.all().size(); p++) {
      Prediction prediction = predictions.all().get(p);
      TimeScale scale = scale(predictions, prediction.schedule().length());
      double[] time = scale.scaled(prediction.path().time());
      String name = "prediction-p" + p;
      figures.add(path(predictions, prediction, name, Axis.linear(scale.label("time")), time));
      if (prediction.real()) {
        double[] hours = Arrays.stream(prediction.realTime()).map(Hours::of).toArray();
        figures.add(
            path(predictions, prediction, name + "-real", Axis.linear("real time (h)"), hours));
      }
      if (prediction.schedule().lowest() < prediction.schedule().highest()) {
        Axis axis = Axis.ofParameter(predictions.quantities().parameter());
        double[] condition = prediction.path().condition();
        figures.add(path(predictions, prediction, name + "-condition", axis, condition));
      }
    }
    if (predictions.all().size() > 1) {
      figures.add(together(predictions));
    }
    figures.add(schedules(predictions));
    return figures;
  }

  private static TimeScale scale(Predictions predictions, double longest) {
    return TimeScale.of(longest, predictions.quantities().timeUnit());
  }

  private static Figure path(
      Predictions predictions, Prediction prediction, String name, Axis axis, double[] at) {
    PredictedPath path = prediction.path();
    int m = predictions.m();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < MainObservables.count(predictions.observables()); c++) {
      double[] mean = column(path.mean(), c, m);
      double[] half = column(path.halfWidth(), c, m);
      if (!Double.isNaN(half[0]) && oneWay(at)) {
        layers.add(Layer.band("", c, at, shifted(mean, half, -1), shifted(mean, half, 1)));
      }
      layers.add(Layer.line(predictions.observables().get(c), c, at, mean));
    }
    return new Figure(
        name,
        "Prediction: " + prediction.name(),
        "Means of the ensemble along the schedule, bands: 95 % intervals of the means.",
        axis,
        Axis.linear("observables"),
        layers);
  }

  /**
   * The observable that changes most, of all schedules: against the condition where each of them
   * goes from one value to another, against time elsewhere.
   */
  private static Figure together(Predictions predictions) {
    int m = predictions.m();
    int shown =
        IntStream.range(0, MainObservables.count(predictions.observables()))
            .boxed()
            .max(Comparator.comparingDouble(c -> change(predictions, c)))
            .orElseThrow();
    boolean conditions =
        predictions.all().stream()
            .map(each -> each.path().condition())
            .allMatch(value -> oneWay(value) && value[0] != value[value.length - 1]);
    boolean real = predictions.all().stream().allMatch(Prediction::real);
    double longest =
        predictions.all().stream().mapToDouble(p -> p.schedule().length()).max().orElseThrow();
    TimeScale scale = scale(predictions, longest);
    List<Layer> layers = new ArrayList<>();
    for (int p = 0; p < predictions.all().size(); p++) {
      Prediction each = predictions.all().get(p);
      double[] at =
          conditions
              ? each.path().condition()
              : real
                  ? Arrays.stream(each.realTime()).map(Hours::of).toArray()
                  : scale.scaled(each.path().time());
      double[] mean = column(each.path().mean(), shown, m);
      double[] half = column(each.path().halfWidth(), shown, m);
      if (!Double.isNaN(half[0])) {
        layers.add(Layer.band("", p, at, shifted(mean, half, -1), shifted(mean, half, 1)));
      }
      layers.add(Layer.line(each.name(), p, at, mean));
    }
    return new Figure(
        "predictions",
        predictions.observables().get(shown) + " along the schedules",
        "Means of the ensemble along each schedule, bands: 95 % intervals of the means.",
        conditions
            ? Axis.ofParameter(predictions.quantities().parameter())
            : Axis.linear(real ? "real time (h)" : scale.label("time")),
        Axis.linear(predictions.observables().get(shown)),
        layers);
  }

  private static double change(Predictions predictions, int component) {
    double[] all =
        predictions.all().stream()
            .flatMapToDouble(
                each -> Arrays.stream(column(each.path().mean(), component, predictions.m())))
            .toArray();
    return Arrays.stream(all).max().orElseThrow() - Arrays.stream(all).min().orElseThrow();
  }

  /** A band that goes back over itself would hide what it says. */
  private static boolean oneWay(double[] at) {
    boolean up = true;
    boolean down = true;
    for (int i = 1; i < at.length; i++) {
      up &= at[i] >= at[i - 1];
      down &= at[i] <= at[i - 1];
    }
    return up || down;
  }

  private static Figure schedules(Predictions predictions) {
    double longest =
        predictions.all().stream().mapToDouble(p -> p.schedule().length()).max().orElseThrow();
    TimeScale scale = scale(predictions, longest);
    List<Layer> layers = new ArrayList<>();
    for (int p = 0; p < predictions.all().size(); p++) {
      Prediction prediction = predictions.all().get(p);
      double[] time =
          prediction.schedule().segments().stream()
              .flatMapToDouble(s -> java.util.stream.DoubleStream.of(s.start(), s.end()))
              .toArray();
      double[] value =
          prediction.schedule().segments().stream()
              .flatMapToDouble(s -> java.util.stream.DoubleStream.of(s.from(), s.to()))
              .toArray();
      layers.add(Layer.line(prediction.name(), p, scale.scaled(time), value));
    }
    return new Figure(
        "schedules",
        "Schedules",
        "The condition against time.",
        Axis.linear(scale.label("time")),
        Axis.ofParameter(predictions.quantities().parameter()),
        layers);
  }

  private static double[] column(double[] curve, int component, int m) {
    double[] column = new double[curve.length / m];
    for (int i = 0; i < column.length; i++) {
      column[i] = curve[i * m + component];
    }
    return column;
  }

  private static double[] shifted(double[] mean, double[] half, int sign) {
    double[] shifted = new double[mean.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = mean[i] + sign * half[i];
    }
    return shifted;
  }
}
