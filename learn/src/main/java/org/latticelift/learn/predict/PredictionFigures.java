package org.latticelift.learn.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.plot.TimeScale;
import org.latticelift.learn.ensemble.PredictedPath;

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
      figures.add(path(predictions, prediction, name, scale.label("time"), time));
      if (prediction.real()) {
        double[] hours = Arrays.stream(prediction.realTime()).map(Hours::of).toArray();
        figures.add(path(predictions, prediction, name + "-real", "real time (h)", hours));
      }
    }
    figures.add(schedules(predictions));
    return figures;
  }

  private static TimeScale scale(Predictions predictions, double longest) {
    return TimeScale.of(longest, predictions.quantities().timeUnit());
  }

  private static Figure path(
      Predictions predictions, Prediction prediction, String name, String axis, double[] time) {
    PredictedPath path = prediction.path();
    int m = predictions.m();
    List<Layer> layers = new ArrayList<>();
    for (int c = 0; c < m; c++) {
      double[] mean = column(path.mean(), c, m);
      double[] half = column(path.halfWidth(), c, m);
      if (!Double.isNaN(half[0])) {
        layers.add(Layer.band("", c, time, shifted(mean, half, -1), shifted(mean, half, 1)));
      }
      layers.add(Layer.line(predictions.observables().get(c), c, time, mean));
    }
    return new Figure(
        name,
        "Prediction: " + prediction.name(),
        "Means of the ensemble along the schedule, bands: 95 % intervals of the means.",
        Axis.linear(axis),
        Axis.linear("observables"),
        layers);
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
