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

  /** An interval that reaches 0 is drawn down to this part of the time. */
  private static final double WIDEST = 100;

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
    if (!map.coolings().isEmpty()) {
      figures.add(cooling(map, real));
    }
    return figures;
  }

  /** Empty where no time is known. */
  private static Optional<Figure> times(OrderMap map, String name, String axis, double[] factor) {
    List<Layer> layers = new ArrayList<>();
    for (int s = 0; s < SHARES.length; s++) {
      List<double[]> points = new ArrayList<>();
      for (int i = 0; i < factor.length; i++) {
        Passage passage = map.passages().get(i).get(map.shown());
        double time = passage.time()[s] * factor[i];
        if (time > 0) {
          double half = passage.halfWidth()[s] * factor[i];
          points.add(
              new double[] {
                map.condition()[i], time, Math.max(time - half, time / WIDEST), time + half
              });
        }
      }
      double[][] curves = new double[4][];
      Arrays.setAll(curves, k -> points.stream().mapToDouble(p -> p[k]).toArray());
      if (curves[0].length > 1) {
        if (Arrays.stream(curves[3]).allMatch(Double::isFinite)) {
          layers.add(Layer.upright("", s, curves[2], curves[3], curves[0]));
        }
        layers.add(Layer.line(SHARES[s], s, curves[1], curves[0]));
      } else if (curves[0].length == 1) {
        layers.add(Layer.points(SHARES[s], s, true, curves[1], curves[0], new double[] {0}));
      }
    }
    String observable = map.observables().get(map.shown());
    return layers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                name,
                "Time to order: " + observable,
                "10, 50 and 90 % of the change of "
                    + observable
                    + " from the start to its stationary value; bands: 95 % intervals of the times.",
                Axis.logarithmic(axis),
                Axis.ofParameter(map.quantities().parameter()),
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
