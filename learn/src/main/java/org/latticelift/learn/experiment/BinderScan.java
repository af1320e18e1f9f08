package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.output.Layer;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.experiment.Measured.FitResult;

/**
 * Cumulants of Binder of an order parameter at several sizes and conditions, and where the curves
 * of two sizes cross: there the system orders. Chains are the units of resampling, so errors hold
 * the correlation within a chain. Mutable.
 */
public final class BinderScan {
  private static final String SERIES = "size";

  private final Column column = Column.of(Quantity.BINDER);
  private final long seed;
  private final List<Point> points = new ArrayList<>();

  private record Point(int size, double condition, Measured binder, Measured magnitude) {}

  /** Nothing yet. */
  public BinderScan(long seed) {
    this.seed = seed;
  }

  /**
   * Adds the chains of one size at one condition ({@code chains}: values of the order parameter, a
   * row for each chain; not modified).
   */
  public void add(int size, double condition, double[][] chains) {
    EquilibriumValues values = new EquilibriumValues(List.<double[][]>of(chains));
    Measured binder = values.binder(seed);
    points.add(new Point(size, condition, binder, values.absMean(seed)));
  }

  /**
   * Where the curves of neighbouring sizes cross, and how high: named {@code crossing} and {@code
   * crossing_value}, of series such as {@code size-8-12}. Of three and more sizes also those of the
   * smallest and the largest, which differ most and so cross at the best known place, though not
   * that of the largest sizes. Returns neighbours first, ascending in the sizes; not a number where
   * curves do not cross in between.
   */
  public List<FitResult> crossings() {
    List<FitResult> found = new ArrayList<>(crossings(size -> true));
    IntSummaryStatistics sizes = points.stream().mapToInt(Point::size).summaryStatistics();
    if (points.stream().mapToInt(Point::size).distinct().count() > 2) {
      found.addAll(crossings(size -> size == sizes.getMin() || size == sizes.getMax()));
    }
    return found;
  }

  private List<FitResult> crossings(IntPredicate sizes) {
    SizeFitConfig spec =
        new SizeFitConfig(
            SizeFitConfig.Kind.CROSSING,
            column,
            Optional.empty(),
            Optional.empty(),
            List.of(2),
            Map.of());
    Map<String, Map<Column, Measured>> rows = new LinkedHashMap<>();
    points.stream()
        .filter(point -> sizes.test(point.size()))
        .forEach(point -> rows.put(row(point), Map.of(column, point.binder())));
    return new SizeFits(rows, seed).of("crossing", spec);
  }

  private static String row(Point point) {
    return SERIES + "-" + point.size() + "-" + SizeFits.text(point.condition());
  }

  /** What was measured, for people. */
  public List<String> lines(String condition) {
    List<String> lines =
        new ArrayList<>(
            ResultTable.of(points)
                .text("size", point -> Integer.toString(point.size()))
                .text(condition, point -> SizeFits.text(point.condition()))
                .text("Binder", point -> number(point.binder().value()))
                .text("95 %", point -> interval(point.binder()))
                .text("mean abs", point -> number(point.magnitude().value()))
                .text("95 %", point -> interval(point.magnitude()))
                .table()
                .lines());
    lines.add("");
    lines.addAll(
        ResultTable.of(crossings())
            .text("curves", FitResult::series)
            .text("quantity", FitResult::name)
            .text("value", found -> number(found.measured().value()))
            .text("95 %", found -> interval(found.measured()))
            .table()
            .lines());
    return lines;
  }

  private static String number(double value) {
    return ResultTable.number("%.4g", value);
  }

  private static String interval(Measured measured) {
    return Double.isNaN(measured.interval().lower())
        ? "-"
        : number(measured.interval().lower()) + " to " + number(measured.interval().upper());
  }

  /** The points for programs; comma-separated values, a header first. */
  public String csv(String condition) {
    return ResultTable.of(points)
        .text("size", point -> Integer.toString(point.size()))
        .text(condition, point -> SizeFits.text(point.condition()))
        .text("binder", point -> Double.toString(point.binder().value()))
        .text("binder_lower95", point -> Double.toString(point.binder().interval().lower()))
        .text("binder_upper95", point -> Double.toString(point.binder().interval().upper()))
        .text("mean_abs", point -> Double.toString(point.magnitude().value()))
        .text("mean_abs_lower95", point -> Double.toString(point.magnitude().interval().lower()))
        .text("mean_abs_upper95", point -> Double.toString(point.magnitude().interval().upper()))
        .table()
        .csv();
  }

  /** The curves, with 95 % intervals. */
  public Figure figure(String name, String title, String condition) {
    List<Layer> layers = new ArrayList<>();
    List<Integer> sizes = points.stream().map(Point::size).distinct().sorted().toList();
    for (int size : sizes) {
      List<Point> own = points.stream().filter(point -> point.size() == size).toList();
      double[] x = own.stream().mapToDouble(Point::condition).toArray();
      double[] y = own.stream().mapToDouble(point -> point.binder().value()).toArray();
      double[] error =
          own.stream()
              .map(point -> point.binder().interval())
              .mapToDouble(interval -> (interval.upper() - interval.lower()) / 2)
              .toArray();
      int colour = sizes.indexOf(size);
      layers.add(Layer.line(Integer.toString(size), colour, x, y));
      layers.add(Layer.points("", colour, true, x, y, error));
    }
    return new Figure(
        name,
        title,
        "Binder cumulant against the condition, one line for each size; bars: 95 % intervals.",
        Axis.linear(condition),
        Axis.linear("cumulant"),
        layers);
  }
}
