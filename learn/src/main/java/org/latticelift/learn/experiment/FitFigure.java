package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;

/** Draws fits over sizes (PT-66): power laws in the size, or curves against the condition. */
final class FitFigure {
  private static final int CURVE = 100;

  private FitFigure() {}

  /** One figure for each fit that has points. */
  static List<Figure> all(ExperimentTable table) {
    SizeFits fits = new SizeFits(table.rows(), table.seed());
    List<Figure> figures = new ArrayList<>();
    table
        .config()
        .fits()
        .forEach(
            (name, spec) -> {
              List<Layer> layers =
                  spec.kind() == SizeFitConfig.Kind.POWER
                      ? powers(table.config(), spec, fits.bySeries(spec))
                      : curves(spec, fits.bySeries(spec));
              if (!layers.isEmpty()) {
                figures.add(figure(name, spec, layers));
              }
            });
    return figures;
  }

  private static Figure figure(String name, SizeFitConfig spec, List<Layer> layers) {
    String title = spec.quantity().title();
    boolean power = spec.kind() == SizeFitConfig.Kind.POWER;
    return new Figure(
        "experiment-fit-" + name.replaceAll("[^A-Za-z0-9]+", "-"),
        name,
        power
            ? "Filled: measured, 95 % intervals. Open: published. Lines: fits; dashed: the"
                + " reference exponent through the first point."
            : "Measured values with 95 % intervals, and fitted polynomials.",
        power ? Axis.logarithmic("size") : Axis.linear("condition"),
        power ? Axis.logarithmic(title) : Axis.linear(title),
        layers);
  }

  private static List<Layer> powers(
      ExperimentConfig config,
      SizeFitConfig spec,
      Map<String, TreeMap<Double, SizeFits.Points>> series) {
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      double[] size = one.getValue().keySet().stream().mapToDouble(Double::doubleValue).toArray();
      List<Measured> measured =
          one.getValue().values().stream().map(points -> points.y().get(0)).toList();
      double[] value = measured.stream().mapToDouble(Measured::value).toArray();
      layers.add(Layer.points(one.getKey(), colour, true, size, value, errors(measured)));
      double[] published = published(config, spec, one.getKey(), one.getValue());
      double[] none = new double[size.length];
      Arrays.fill(none, Double.NaN);
      layers.add(Layer.points("", colour, false, size, published, none));
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
      ExperimentConfig config,
      SizeFitConfig spec,
      String series,
      TreeMap<Double, SizeFits.Points> sizes) {
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
      SizeFitConfig spec, Map<String, TreeMap<Double, SizeFits.Points>> series) {
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      int number = 0;
      for (var size : one.getValue().entrySet()) {
        SizeFits.Points points = size.getValue();
        String legend = one.getKey() + " " + SizeFits.text(size.getKey());
        layers.add(
            Layer.points(legend, colour, true, points.x(), points.values(), errors(points.y())));
        int degree = spec.degree(number++, one.getValue().size());
        if (points.x().length > degree) {
          Polynomial fit = Polynomial.fit(points.x(), points.values(), degree);
          double low = points.x()[0];
          double high = points.x()[points.x().length - 1];
          double[] x = new double[CURVE];
          Arrays.setAll(x, i -> low + (high - low) * i / (CURVE - 1));
          layers.add(Layer.thin("", colour, x, Arrays.stream(x).map(fit::value).toArray()));
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
