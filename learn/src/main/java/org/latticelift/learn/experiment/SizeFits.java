package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.latticelift.learn.experiment.Measured.FitResult;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Fits over the sizes of series of variants (PT-55, PT-56, PT-59). Points count alike, whatever
 * their errors are, as in the published fits; the error of a fit comes from points that are drawn
 * anew, each from a normal law as wide as its interval.
 *
 * @param rows measured quantities by variant
 * @param seed of the drawing
 */
record SizeFits(Map<String, Map<Column, Measured>> rows, long seed) {
  private static final int DRAWS = 2000;

  /** Two sides of a normal law that hold 95 % of it, in deviations. */
  private static final double SIDE = 1.959964;

  /** A number of some values, one after the other. */
  @FunctionalInterface
  private interface Number {
    double of(double[] values);
  }

  List<FitResult> of(String name, SizeFitConfig spec) {
    List<FitResult> results = new ArrayList<>();
    bySeries(spec)
        .forEach(
            (series, sizes) -> {
              switch (spec.kind()) {
                case POWER -> power(name, spec, series, sizes, results);
                case SLOPE -> slopes(name, spec, series, sizes, results);
                case CROSSING -> crossings(name, spec, series, sizes, results);
                case COLLAPSE -> collapse(name, spec, series, sizes, results);
              }
            });
    return results;
  }

  Map<String, TreeMap<Double, Points>> bySeries(SizeFitConfig spec) {
    Map<String, TreeMap<Double, TreeMap<Double, Measured>>> found = new TreeMap<>();
    rows.forEach(
        (name, row) -> {
          Variant variant = new Variant(name);
          Variant outer = new Variant(variant.series());
          Measured measured = row.get(spec.quantity());
          boolean alone = outer.number().isEmpty();
          OptionalDouble size = alone ? variant.number() : outer.number();
          double value = alone ? Double.NaN : variant.number().orElse(Double.NaN);
          boolean wanted =
              spec.kind() != SizeFitConfig.Kind.POWER
                  || alone
                  || spec.at().isEmpty()
                  || spec.at().get() == value;
          if (measured != null && Double.isFinite(measured.value()) && size.isPresent() && wanted) {
            found
                .computeIfAbsent(alone ? variant.series() : outer.series(), s -> new TreeMap<>())
                .computeIfAbsent(size.getAsDouble(), s -> new TreeMap<>())
                .put(value, measured);
          }
        });
    Map<String, TreeMap<Double, Points>> points = new TreeMap<>();
    found.forEach(
        (series, sizes) -> {
          TreeMap<Double, Points> of = new TreeMap<>();
          sizes.forEach(
              (size, values) ->
                  of.put(
                      size,
                      new Points(
                          values.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                          List.copyOf(values.values()))));
          points.put(series, of);
        });
    return points;
  }

  private void power(
      String name,
      SizeFitConfig spec,
      String series,
      TreeMap<Double, Points> sizes,
      List<FitResult> results) {
    List<Measured> points = new ArrayList<>();
    sizes.values().forEach(each -> points.add(each.y().get(0)));
    double[] size = sizes.keySet().stream().mapToDouble(Double::doubleValue).toArray();
    if (size.length > 1) {
      Measured measured = measured(points, values -> exponent(size, values), results.size());
      results.add(result(name, spec, series, measured, size.length));
    }
  }

  private static double exponent(double[] size, double[] values) {
    double[] x = Arrays.stream(size).map(Math::log).toArray();
    double[] y = Arrays.stream(values).map(Math::abs).map(Math::log).toArray();
    return Arrays.stream(y).allMatch(Double::isFinite)
        ? Polynomial.fit(x, y, 1).slope(0)
        : Double.NaN;
  }

  /** Sizes with too few conditions for their polynomial are left out. */
  private void slopes(
      String name,
      SizeFitConfig spec,
      String series,
      TreeMap<Double, Points> sizes,
      List<FitResult> results) {
    double at = spec.at().orElseThrow();
    List<Curve> curves = new ArrayList<>();
    List<Measured> points = new ArrayList<>();
    int number = 0;
    for (var one : sizes.entrySet()) {
      Curve curve =
          new Curve(one.getKey(), one.getValue().x(), spec.degree(number++, sizes.size()));
      if (curve.x().length > curve.degree()) {
        curves.add(curve);
        points.addAll(one.getValue().y());
        Measured slope =
            measured(one.getValue().y(), values -> curve.slope(values, at), results.size());
        String which = series + "-" + text(one.getKey());
        results.add(result(name + "_slope", spec, which, slope, curve.x().length));
      }
    }
    double[] size = curves.stream().mapToDouble(Curve::size).toArray();
    if (size.length > 1) {
      Measured measured =
          measured(points, values -> exponent(size, slopes(curves, values, at)), results.size());
      results.add(result(name, spec, series, measured, size.length));
    }
  }

  /** The conditions at which a quantity of one size is known, and the degree of its polynomial. */
  private record Curve(double size, double[] x, int degree) {
    double slope(double[] values, double at) {
      return Polynomial.fit(x, values, degree).slope(at);
    }
  }

  private static double[] slopes(List<Curve> curves, double[] values, double at) {
    double[] slopes = new double[curves.size()];
    int from = 0;
    for (int s = 0; s < slopes.length; s++) {
      Curve curve = curves.get(s);
      int to = from + curve.x().length;
      slopes[s] = curve.slope(Arrays.copyOfRange(values, from, to), at);
      from = to;
    }
    return slopes;
  }

  private void crossings(
      String name,
      SizeFitConfig spec,
      String series,
      TreeMap<Double, Points> sizes,
      List<FitResult> results) {
    List<Double> size = List.copyOf(sizes.keySet());
    for (int s = 0; s + 1 < size.size(); s++) {
      Points one = sizes.get(size.get(s));
      Points other = sizes.get(size.get(s + 1));
      int[] degree = {spec.degree(s, size.size()), spec.degree(s + 1, size.size())};
      if (one.x().length <= degree[0] || other.x().length <= degree[1]) {
        continue;
      }
      List<Measured> points = new ArrayList<>(one.y());
      points.addAll(other.y());
      String which = series + "-" + text(size.get(s)) + "-" + text(size.get(s + 1));
      int count = points.size();
      Measured at =
          measured(points, v -> crossing(one.x(), other.x(), v, degree)[0], results.size());
      Measured value =
          measured(points, v -> crossing(one.x(), other.x(), v, degree)[1], results.size() + 1);
      results.add(result(name, spec, which, at, count));
      results.add(result(name + "_value", spec, which, value, count));
    }
  }

  private static double[] crossing(double[] x, double[] otherX, double[] values, int[] degree) {
    Polynomial one = Polynomial.fit(x, Arrays.copyOf(values, x.length), degree[0]);
    double[] others = Arrays.copyOfRange(values, x.length, values.length);
    Polynomial other = Polynomial.fit(otherX, others, degree[1]);
    double low = Math.max(x[0], otherX[0]);
    double high = Math.min(x[x.length - 1], otherX[otherX.length - 1]);
    double at = one.crossing(other, low, high);
    return new double[] {at, one.value(at)};
  }

  /** The spread of the scaled points, and what their own errors alone would make of it. */
  private static void collapse(
      String name,
      SizeFitConfig spec,
      String series,
      TreeMap<Double, Points> sizes,
      List<FitResult> results) {
    Points all = spec.scaling().orElseThrow().all(sizes, spec.at().orElseThrow());
    int degree = spec.degree(0, 1);
    if (sizes.size() > 1
        && all.x().length > degree + 1
        && Arrays.stream(all.x()).allMatch(Double::isFinite)) {
      double spread = Collapse.spread(all.x(), all.values(), degree);
      results.add(alone(name, spec, series, spread, all.x().length));
      double errors = Arrays.stream(deviations(all.y())).map(d -> d * d).sum();
      double magnitude = Arrays.stream(all.values()).map(Math::abs).sum();
      double expected = Math.sqrt(errors * all.x().length) / magnitude;
      results.add(alone(name + "_errors", spec, series, expected, all.x().length));
    }
  }

  private static FitResult alone(
      String name, SizeFitConfig spec, String series, double value, int points) {
    return result(name, spec, series, Measured.whole(value, Interval.NONE), points);
  }

  private static double[] deviations(List<Measured> points) {
    return points.stream()
        .map(Measured::interval)
        .mapToDouble(interval -> (interval.upper() - interval.lower()) / 2 / SIDE)
        .toArray();
  }

  static String text(double size) {
    return size == Math.rint(size) ? Long.toString((long) size) : Double.toString(size);
  }

  private static FitResult result(
      String name, SizeFitConfig spec, String series, Measured measured, int points) {
    double published = spec.reference().getOrDefault(series, Double.NaN);
    return new FitResult(name, series, published, measured, points);
  }

  private Measured measured(List<Measured> points, Number number, int task) {
    double[] values = new Points(new double[0], points).values();
    double[] deviation = deviations(points);
    double value = number.of(values);
    if (Arrays.stream(deviation).anyMatch(Double::isNaN)) {
      return Measured.whole(value, Interval.NONE);
    }
    RandomStream stream = new Streams(seed).stream(Purpose.BOOTSTRAP, 25, task);
    double[] drawn = new double[values.length];
    double[] numbers = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      Arrays.setAll(drawn, i -> values[i] + deviation[i] * stream.normal());
      numbers[draw] = number.of(drawn);
    }
    double[] finite = Arrays.stream(numbers).filter(Double::isFinite).toArray();
    return Measured.whole(
        value, finite.length < DRAWS / 2 ? Interval.NONE : Bootstrap.central(finite, 95));
  }
}
