package org.latticelift.learn.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.learn.predict.Hours;

/** Times against the condition, and what coolings keep, of one observable. */
final class MapFigures {
  private static final String[] SHARES = {"10 %", "50 %", "90 %"};

  private MapFigures() {}

  /**
   * All figures.
   *
   * @param real whether cooling rates are real ones
   */
  static List<Figure> all(OrderMap map, boolean real) {
    List<Figure> figures = new ArrayList<>();
    String unit = map.quantities().timeUnit();
    double[] one = new double[map.condition().length];
    Arrays.fill(one, 1);
    times(map, "map", unit.equals("1") ? "time" : "simulated time (s)", one)
        .ifPresent(figures::add);
    if (map.real()) {
      double[] hours = Arrays.stream(map.ratio()).map(Hours::of).toArray();
      times(map, "map-real", "real time (h)", hours).ifPresent(figures::add);
    }
    figures.add(cooling(map, real));
    return figures;
  }

  /** Empty where no time is known. */
  private static Optional<Figure> times(OrderMap map, String name, String axis, double[] factor) {
    List<Layer> layers = new ArrayList<>();
    for (int s = 0; s < SHARES.length; s++) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < factor.length; i++) {
        double time = map.passages().get(i).get(map.shown()).time()[s] * factor[i];
        if (time > 0) {
          points.add(new double[] {map.condition()[i], time});
        }
      }
      double[] x = points.stream().mapToDouble(p -> p[0]).toArray();
      double[] y = points.stream().mapToDouble(p -> p[1]).toArray();
      if (x.length > 0) {
        layers.add(Layer.line(SHARES[s], s, x, y));
      }
    }
    String observable = map.observables().get(map.shown());
    return layers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                name,
                "Time to order: " + observable,
                "Times to 10, 50 and 90 % of the way of "
                    + observable
                    + " from the start to its stationary value.",
                Axis.ofParameter(map.quantities().parameter()),
                Axis.logarithmic(axis),
                layers));
  }

  private static Figure cooling(OrderMap map, boolean real) {
    double[] rate = map.coolings().stream().mapToDouble(Cooling::rate).toArray();
    String observable = map.observables().get(map.shown());
    return new Figure(
        "cooling",
        "Order that cooling keeps: " + observable,
        "Share of the difference between the stationary values at the highest and the lowest"
            + " condition that is left after an even cooling.",
        Axis.logarithmic(
            (real ? "cooling rate, real time" : "cooling rate")
                + (map.rateSuffix().isEmpty() ? "" : " (" + map.rateUnit() + ")")),
        Axis.linear("share kept"),
        List.of(Layer.line(observable, 0, rate, map.kept(map.shown()))));
  }
}
