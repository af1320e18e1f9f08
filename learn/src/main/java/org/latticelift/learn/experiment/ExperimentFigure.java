package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.learn.evaluate.Discrepancy;

/** Draws an experiment: a quantity of series of variants, or mean trajectories. */
final class ExperimentFigure {
  private static final String NAME = "experiment";

  private static final int BINS = 60;

  private ExperimentFigure() {}

  /**
   * A quantity against the numbers in the names of variants; published values are open circles
   * ({@code title}: of the axis of the numbers, where there are several series).
   */
  static Figure points(ExperimentTable table, Column quantity, String title) {
    Map<String, TreeMap<Double, String>> series = new TreeMap<>();
    for (String name : table.rows().keySet()) {
      if (!table.rows().get(name).containsKey(quantity)) {
        continue; // direct runs have no errors
      }
      Variant variant = new Variant(name);
      variant
          .number()
          .ifPresent(
              x -> series.computeIfAbsent(variant.series(), s -> new TreeMap<>()).put(x, name));
    }
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : series.entrySet()) {
      layers.addAll(points(table, quantity, one.getKey(), one.getValue(), colour++));
    }
    if (doubtful(table, quantity)) {
      layers.add(Layer.crosses("doubtful", colour, new double[0], new double[0]));
    }
    return new Figure(
        quantity.observable().map(name -> NAME + "-" + name).orElse(NAME),
        quantity.title(),
        "Filled: measured, 95 % intervals. Open: published. Crossed out: doubtful.",
        Axis.logarithmic(series.size() == 1 ? series.keySet().iterator().next() : title),
        positive(table, quantity)
            ? Axis.logarithmic(quantity.title())
            : Axis.linear(quantity.title()),
        layers);
  }

  private static boolean doubtful(ExperimentTable table, Column quantity) {
    return table.rows().keySet().stream().anyMatch(row -> !table.marks(row, quantity).isEmpty());
  }

  /** Whether no value would be lost on an axis of decades. */
  private static boolean positive(ExperimentTable table, Column quantity) {
    return table.rows().values().stream()
        .filter(row -> row.containsKey(quantity))
        .mapToDouble(row -> row.get(quantity).value())
        .allMatch(value -> Double.isNaN(value) || value > 0);
  }

  private static List<Layer> points(
      ExperimentTable table,
      Column quantity,
      String series,
      TreeMap<Double, String> variants,
      int colour) {
    int n = variants.size();
    double[] x = new double[n];
    double[] measured = new double[n];
    double[] error = new double[n];
    double[] published = new double[n];
    double[] doubtful = new double[n];
    int i = 0;
    for (var one : variants.entrySet()) {
      Measured value = table.rows().get(one.getValue()).get(quantity);
      x[i] = one.getKey();
      measured[i] = value.value();
      error[i] = (value.interval().upper() - value.interval().lower()) / 2;
      published[i] = table.config().published(quantity, one.getValue());
      doubtful[i] = table.marks(one.getValue(), quantity).isEmpty() ? Double.NaN : measured[i];
      i++;
    }
    double[] none = new double[n];
    java.util.Arrays.fill(none, Double.NaN);
    return List.of(
        Layer.points(series, colour, true, x, measured, error),
        Layer.points("", colour, false, x, published, none),
        Layer.crosses("", colour, x, doubtful),
        Layer.thin("", colour, x, measured));
  }

  /** Discrepancies against time, averaged over repeats and initial states. */
  static Figure times(Column quantity, Map<String, List<Discrepancy>> all) {
    List<Layer> layers = new ArrayList<>();
    for (var one : all.entrySet()) {
      double[] time = one.getValue().get(0).time();
      double[] mean = new double[time.length];
      for (Discrepancy each : one.getValue()) {
        for (int i = 0; i < mean.length; i++) {
          mean[i] += each.biased()[i] / one.getValue().size();
        }
      }
      layers.add(Layer.line(one.getKey(), layers.size(), time, mean));
    }
    String title = quantity.title();
    return new Figure(
        NAME + "-time",
        title + " against time",
        "Averaged over initial states and repeats.",
        Axis.linear("time"),
        Axis.linear(title),
        layers);
  }

  /**
   * The first trajectory of a variant and of direct runs against time (PT-73); none where all have
   * diverged.
   */
  static Figure paths(
      String observable,
      int component,
      Map.Entry<String, Curves> predicted,
      Map.Entry<String, Curves> truth) {
    List<Layer> layers = new ArrayList<>();
    for (var one : List.of(predicted, truth)) {
      Curves curves = one.getValue();
      if (curves.size() > 0) {
        double[] path = curves.column(curves.values()[0], component);
        layers.add(Layer.thin(one.getKey(), layers.size(), curves.time(), path));
      }
    }
    return new Figure(
        NAME + "-path-" + predicted.getKey(),
        observable + " of " + predicted.getKey(),
        "One trajectory each.",
        Axis.linear("time"),
        Axis.linear(observable),
        layers);
  }

  /** Densities of late values (PT-73); those of direct runs are dashed. */
  static Figure densities(
      String name,
      String observable,
      Map<String, EquilibriumValues> predicted,
      Map<String, EquilibriumValues> truth) {
    double[] all =
        Stream.concat(predicted.values().stream(), truth.values().stream())
            .flatMapToDouble(values -> Arrays.stream(values.pooled()))
            .toArray();
    double low = Arrays.stream(all).min().orElse(0);
    double high = Math.max(low + 1e-9, Arrays.stream(all).max().orElse(1));
    double[] middle = new double[BINS];
    Arrays.setAll(middle, b -> low + (high - low) * (b + 0.5) / BINS);
    List<Layer> layers = new ArrayList<>();
    for (var one : predicted.entrySet()) {
      double[] density = density(one.getValue().pooled(), low, high);
      layers.add(Layer.line(one.getKey(), layers.size(), middle, density));
    }
    for (var one : truth.entrySet()) {
      double[] density = density(one.getValue().pooled(), low, high);
      layers.add(Layer.dashed(one.getKey(), layers.size(), middle, density));
    }
    return new Figure(
        name,
        "Distribution of " + observable,
        "Second half of all trajectories, from all initial states. Dashed: direct runs.",
        Axis.linear(observable),
        Axis.linear("density"),
        layers);
  }

  private static double[] density(double[] values, double low, double high) {
    double[] density = new double[BINS];
    double each = BINS / (high - low) / values.length;
    for (double value : values) {
      density[Math.min(BINS - 1, (int) ((value - low) / (high - low) * BINS))] += each;
    }
    return density;
  }

  /**
   * Name of a figure of curves: all observables but the first stand in it ({@code beside}: whether
   * there are figures of a quantity, which are called after observables too).
   */
  static String curvesName(String observable, int component, boolean beside) {
    String base = beside ? NAME + "-curves" : NAME;
    return component == 0 && !beside ? base : base + "-" + observable;
  }

  /** Mean of an observable against time with bands of one deviation; the truth is dashed. */
  static Figure curves(
      String name,
      String start,
      String observable,
      int component,
      Map<String, Curves> predicted,
      Map<String, Curves> truth) {
    List<Layer> layers = new ArrayList<>();
    int colour = 0;
    for (var one : predicted.entrySet()) {
      Curves curves = one.getValue();
      double[] mean = curves.column(curves.mean(), component);
      double[] deviation = curves.deviation(component);
      double[] low = new double[mean.length];
      double[] high = new double[mean.length];
      java.util.Arrays.setAll(low, i -> mean[i] - deviation[i]);
      java.util.Arrays.setAll(high, i -> mean[i] + deviation[i]);
      layers.add(Layer.band("", colour, curves.time(), low, high));
      layers.add(Layer.line(one.getKey(), colour, curves.time(), mean));
      colour++;
    }
    for (var one : truth.entrySet()) {
      Curves curves = one.getValue();
      double[] direct = curves.column(curves.mean(), component);
      layers.add(Layer.dashed(one.getKey(), colour++, curves.time(), direct));
    }
    return new Figure(
        name,
        observable + " from " + start,
        "Mean over trajectories; bands are one standard deviation.",
        Axis.linear("time"),
        Axis.linear(observable),
        layers);
  }
}
