package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.judgement.Estimate;

/**
 * The condition at which the largest observable has its largest absolute value, predicted and
 * direct, after each number of events and at equilibrium (EX-44).
 */
public final class LargestOrder {
  private LargestOrder() {}

  /** A value at a condition. */
  record At(double condition, double value) {
    private double height() {
      return Math.abs(value);
    }
  }

  /**
   * The largest absolute value.
   *
   * @param condition vertex of the parabola through the largest point and its neighbours, or the
   *     point itself at an end
   * @param value at the largest point
   * @param inside whether that has neighbours on both sides
   */
  record Largest(double condition, double value, boolean inside) {
    /** Empty where no value is a number; points are ascending in the condition. */
    static Optional<Largest> of(List<At> points) {
      List<At> finite = points.stream().filter(at -> Double.isFinite(at.value())).toList();
      return finite.stream()
          .max(Comparator.comparingDouble(At::height))
          .map(at -> of(finite, finite.indexOf(at)));
    }

    private static Largest of(List<At> points, int top) {
      At highest = points.get(top);
      boolean inside = top > 0 && top < points.size() - 1;
      double condition = inside ? vertex(points.subList(top - 1, top + 2)) : highest.condition();
      return new Largest(condition, highest.value(), inside);
    }

    /** Vertex of the parabola through the absolute values of three points. */
    private static double vertex(List<At> three) {
      double[] x = three.stream().mapToDouble(At::condition).toArray();
      double[] y = three.stream().mapToDouble(At::height).toArray();
      double left = (y[1] - y[0]) / (x[1] - x[0]);
      double right = (y[2] - y[1]) / (x[2] - x[1]);
      double curvature = (right - left) / (x[2] - x[0]);
      return curvature == 0 ? x[1] : (x[0] + x[1]) / 2 - left / (2 * curvature);
    }
  }

  /** One row for each number of events, and one for the equilibrium means. */
  public static ResultTable table(AfterEvents after, Evaluation evaluation) {
    int c =
        IntStream.range(0, after.observables().size())
            .boxed()
            .reduce(0, (a, b) -> height(evaluation, b) > height(evaluation, a) ? b : a);
    String at = "at " + after.parameter();
    ResultTable table =
        new ResultTable(
            "events per patch", "observable", "largest predicted", at, "largest direct", at);
    for (double events : after.events()) {
      List<At> predicted = new ArrayList<>();
      List<At> direct = new ArrayList<>();
      for (AfterEvents.Point point : after.after(events)) {
        predicted.add(new At(point.value(), point.predicted().get(c).value()));
        direct.add(new At(point.value(), point.direct().get(c).value()));
      }
      String count = String.format(Locale.ROOT, "%.0f", events);
      row(table, count, after.observables().get(c), predicted, direct);
    }
    row(
        table,
        "equilibrium",
        after.observables().get(c),
        means(evaluation, c, result -> result.predicted().estimate()),
        means(evaluation, c, result -> result.direct().estimate()));
    return table;
  }

  private static double height(Evaluation evaluation, int c) {
    return Largest.of(means(evaluation, c, result -> result.predicted().estimate()))
        .map(largest -> Math.abs(largest.value()))
        .orElse(0.0);
  }

  private static List<At> means(
      Evaluation evaluation, int c, Function<ComponentResult, Estimate> of) {
    return evaluation.conditions().stream()
        .map(each -> new At(each.value(), of.apply(each.components().get(c)).value()))
        .toList();
  }

  private static void row(
      ResultTable table, String events, String name, List<At> predicted, List<At> direct) {
    Optional<Largest> one = Largest.of(predicted);
    Optional<Largest> other = Largest.of(direct);
    table.row(events, name, value(one), place(one), value(other), place(other));
  }

  private static String value(Optional<Largest> largest) {
    return ResultTable.number("%.4f", largest.map(Largest::value).orElse(Double.NaN));
  }

  private static String place(Optional<Largest> largest) {
    String format = largest.filter(Largest::inside).isPresent() ? "%.0f" : "%.0f (end)";
    return ResultTable.number(format, largest.map(Largest::condition).orElse(Double.NaN));
  }
}
