package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;

/**
 * Draws fits over sizes (PT-66): power laws in the size, curves against the condition, or scaled
 * points of all sizes (PT-59).
 */
final class FitFigure {
  private static final int CURVE = 100;

  private FitFigure() {}

  static List<Figure> all(ExperimentTable table) {
    SizeFits fits = new SizeFits(table.rows(), table.seed());
    List<Figure> figures = new ArrayList<>();
    table
        .config()
        .fits()
        .forEach(
            (name, spec) -> {
              var series = fits.bySeries(spec);
              List<Layer> layers =
                  switch (spec.kind()) {
                    case POWER -> powers(table.config(), spec, series);
                    case SLOPE, CROSSING -> curves(spec, series);
                    case COLLAPSE -> collapses(table.config(), spec, series);
                  };
              if (!layers.isEmpty()) {
                figures.add(figure(name, spec, layers));
              }
            });
    return figures;
  }

  private static Figure figure(String name, SizeFitConfig spec, List<Layer> layers) {
    String title = spec.quantity().title();
    return new Figure(
        "experiment-fit-" + name.replaceAll("[^A-Za-z0-9]+", "-"),
        name,
        switch (spec.kind()) {
          case POWER ->
              "Filled: measured, 95 % intervals. Open: published. Lines: fits; dashed: the"
                  + " reference exponent through the first point.";
          case SLOPE, CROSSING -> "Measured values with 95 % intervals, and fitted polynomials.";
          case COLLAPSE ->
              "Scaled by powers of the size. Filled: measured, 95 % intervals. Open: published."
                  + " Lines: one polynomial through the points of all sizes.";
        },
        switch (spec.kind()) {
          case POWER -> Axis.logarithmic("size");
          case SLOPE, CROSSING -> Axis.linear("condition");
          case COLLAPSE ->
              Axis.linear(
                  String.format(
                      "(condition \u2212 %s) size^%s",
                      spec.at().orElseThrow(), spec.scaling().orElseThrow().condition()));
        },
        switch (spec.kind()) {
          case POWER -> Axis.logarithmic(title);
          case SLOPE, CROSSING -> Axis.linear(title);
          case COLLAPSE ->
              Axis.linear(
                  String.format("%s size^%s", title, spec.scaling().orElseThrow().quantity()));
        },
        layers);
  }

  /** Points of all sizes, scaled, with one curve for each series. */
  private static List<Layer> collapses(
      ExperimentConfig config, SizeFitConfig spec, Map<String, TreeMap<Double, Points>> series) {
    Collapse scaling = spec.scaling().orElseThrow();
    double at = spec.at().orElseThrow();
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      for (var size : one.getValue().entrySet()) {
        Points points = scaling.scaled(size.getKey(), size.getValue(), at);
        String name = one.getKey() + "-" + SizeFits.text(size.getKey());
        layers.add(
            Layer.points(
                one.getKey() + " " + SizeFits.text(size.getKey()),
                colour,
                true,
                points.x(),
                points.values(),
                errors(points.y())));
        double[] published =
            Arrays.stream(size.getValue().x())
                .map(x -> config.published(spec.quantity(), name + "-" + SizeFits.text(x)))
                .map(y -> y * scaling.factor(size.getKey()))
                .toArray();
        layers.add(Layer.points("", colour, false, points.x(), published, none(published.length)));
        colour++;
      }
      Points all = scaling.all(one.getValue(), at);
      int degree = spec.degree(0, 1);
      if (all.x().length > degree && Arrays.stream(all.x()).allMatch(Double::isFinite)) {
        layers.add(curve(Polynomial.fit(all.x(), all.values(), degree), all.x(), colour - 1));
      }
    }
    return layers;
  }

  private static Layer curve(Polynomial fit, double[] points, int colour) {
    double low = Arrays.stream(points).min().orElseThrow();
    double high = Arrays.stream(points).max().orElseThrow();
    double[] x = new double[CURVE];
    Arrays.setAll(x, i -> low + (high - low) * i / (CURVE - 1));
    return Layer.thin("", colour, x, Arrays.stream(x).map(fit::value).toArray());
  }

  private static double[] none(int points) {
    double[] none = new double[points];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  private static List<Layer> powers(
      ExperimentConfig config, SizeFitConfig spec, Map<String, TreeMap<Double, Points>> series) {
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      double[] size = one.getValue().keySet().stream().mapToDouble(Double::doubleValue).toArray();
      List<Measured> measured =
          one.getValue().values().stream().map(points -> points.y().get(0)).toList();
      double[] value = measured.stream().mapToDouble(Measured::value).toArray();
      layers.add(Layer.points(one.getKey(), colour, true, size, value, errors(measured)));
      double[] published = published(config, spec, one.getKey(), one.getValue());
      layers.add(Layer.points("", colour, false, size, published, none(size.length)));
      if (size.length > 1 && Arrays.stream(value).allMatch(v -> v > 0)) {
        double[] x = Arrays.stream(size).map(Math::log).toArray();
        Polynomial line = Polynomial.fit(x, Arrays.stream(value).map(Math::log).toArray(), 1);
        double[] ends = {size[0], size[size.length - 1]};
        double[] fitted = Arrays.stream(ends).map(s -> Math.exp(line.value(Math.log(s)))).toArray();
        layers.add(Layer.thin("", colour, ends, fitted));
      }
      Double known = spec.reference().get(one.getKey());
      if (known != null && size.length > 1) {
        layers.add(Layer.dashed("", colour, size, power(size, value[0], known)));
      }
      colour++;
    }
    return layers;
  }

  /** The power law with a known exponent through the first point. */
  private static double[] power(double[] size, double first, double exponent) {
    return Arrays.stream(size).map(x -> first * Math.pow(x / size[0], exponent)).toArray();
  }

  private static double[] published(
      ExperimentConfig config, SizeFitConfig spec, String series, TreeMap<Double, Points> sizes) {
    return sizes.entrySet().stream()
        .mapToDouble(
            one -> {
              double condition = one.getValue().x()[0];
              String size = series + "-" + SizeFits.text(one.getKey());
              String name = Double.isNaN(condition) ? size : size + "-" + SizeFits.text(condition);
              return config.published(spec.quantity(), name);
            })
        .toArray();
  }

  private static List<Layer> curves(
      SizeFitConfig spec, Map<String, TreeMap<Double, Points>> series) {
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      int number = 0;
      for (var size : one.getValue().entrySet()) {
        Points points = size.getValue();
        String legend = one.getKey() + " " + SizeFits.text(size.getKey());
        layers.add(
            Layer.points(legend, colour, true, points.x(), points.values(), errors(points.y())));
        int degree = spec.degree(number++, one.getValue().size());
        if (points.x().length > degree) {
          Polynomial fit = Polynomial.fit(points.x(), points.values(), degree);
          layers.add(curve(fit, points.x(), colour));
        }
        colour++;
      }
    }
    return layers;
  }

  private static double[] errors(List<Measured> measured) {
    return measured.stream()
        .map(Measured::interval)
        .mapToDouble(interval -> (interval.upper() - interval.lower()) / 2)
        .toArray();
  }
}
