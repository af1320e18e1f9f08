package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.learn.evaluate.ComponentResult.ConditionResult;

/**
 * At which condition the largest observable has its largest absolute value, after each number of
 * events and in the late means (EX-44).
 *
 * @param after observables after some numbers of events
 * @param evaluation with the late means
 */
record LargestOrder(AfterEvents after, Evaluation evaluation) {
  /** A value at a condition. */
  record At(double condition, double value) {}

  /**
   * The largest absolute value.
   *
   * @param condition vertex of the parabola through the largest point and its neighbours, or the
   *     point itself at an end
   * @param value there as it is known, at the largest point
   * @param inside whether it has neighbours on both sides
   */
  record Largest(double condition, double value, boolean inside) {
    /** Empty where no value is a number; points are ascending in the condition. */
    static Optional<Largest> of(List<At> points) {
      List<At> known = points.stream().filter(at -> Double.isFinite(at.value())).toList();
      return IntStream.range(0, known.size())
          .boxed()
          .reduce((a, b) -> height(known, b) > height(known, a) ? b : a)
          .map(top -> at(known, top));
    }

    private static double height(List<At> points, int i) {
      return Math.abs(points.get(i).value());
    }

    private static Largest at(List<At> points, int top) {
      At highest = points.get(top);
      boolean inside = top > 0 && top < points.size() - 1;
      double condition = inside ? vertex(points, top) : highest.condition();
      return new Largest(condition, highest.value(), inside);
    }

    /** Of the parabola through a highest point and its neighbours. */
    private static double vertex(List<At> points, int top) {
      double[] x = new double[3];
      double[] y = new double[3];
      for (int i = 0; i < 3; i++) {
        x[i] = points.get(top - 1 + i).condition();
        y[i] = height(points, top - 1 + i);
      }
      double left = (y[1] - y[0]) / (x[1] - x[0]);
      double right = (y[2] - y[1]) / (x[2] - x[1]);
      double curvature = (right - left) / (x[2] - x[0]);
      return curvature == 0 ? x[1] : (x[0] + x[1]) / 2 - left / (2 * curvature);
    }

    private static String value(Optional<Largest> largest) {
      return largest.map(it -> String.format(Locale.ROOT, "%.4f", it.value())).orElse("-");
    }

    private static String place(Optional<Largest> largest) {
      return largest
          .map(
              it -> String.format(Locale.ROOT, it.inside() ? "%.0f" : "%.0f (end)", it.condition()))
          .orElse("-");
    }
  }

  /** One row for each number of events, and one for the late means. */
  ResultTable table() {
    ResultTable table =
        new ResultTable(
            "events per patch",
            "observable",
            "largest predicted",
            "at " + after.parameter(),
            "largest direct",
            "at " + after.parameter());
    int c = largest();
    String name = after.observables().get(c);
    for (double events : after.events()) {
      List<AfterEvents.Point> points = after.after(events);
      row(
          table,
          String.format(Locale.ROOT, "%.0f", events),
          name,
          points.stream().map(point -> new At(point.value(), point.predicted()[c])).toList(),
          points.stream().map(point -> new At(point.value(), point.direct()[c])).toList());
    }
    row(table, "late", name, late(c, ComponentResult::predicted), late(c, ComponentResult::direct));
    return table;
  }

  private static void row(
      ResultTable table, String events, String name, List<At> predicted, List<At> direct) {
    Optional<Largest> one = Largest.of(predicted);
    Optional<Largest> other = Largest.of(direct);
    table.row(
        events,
        name,
        Largest.value(one),
        Largest.place(one),
        Largest.value(other),
        Largest.place(other));
  }

  private List<At> late(int c, ToDoubleFunction<ComponentResult> value) {
    List<At> late = new ArrayList<>();
    for (ConditionResult condition : evaluation.conditions()) {
      late.add(new At(condition.value(), value.applyAsDouble(condition.components().get(c))));
    }
    return late;
  }

  /** The observable whose late mean becomes largest. */
  private int largest() {
    return IntStream.range(0, after.observables().size())
        .boxed()
        .reduce(0, (a, b) -> height(b) > height(a) ? b : a);
  }

  private double height(int c) {
    return Largest.of(late(c, ComponentResult::predicted))
        .map(largest -> Math.abs(largest.value()))
        .orElse(0.0);
  }
}
