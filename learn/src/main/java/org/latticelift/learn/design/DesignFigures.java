package org.latticelift.learn.design;

import java.util.Arrays;
import java.util.List;
import org.latticelift.io.plot.Axis;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.plot.Layer;
import org.latticelift.io.plot.TimeScale;
import org.latticelift.learn.ensemble.PredictedPath;

/** Both schedules against time, and the observable along them. */
final class DesignFigures {
  private static final String FOUND = "found";
  private static final String RAMP = "best ramp";

  private DesignFigures() {}

  /**
   * All figures.
   *
   * @param component of the observable
   */
  static List<Figure> all(Design design, PredictedPath found, PredictedPath ramp, int component) {
    return List.of(schedules(design), paths(design, found, ramp, component));
  }

  private static Figure schedules(Design design) {
    double[] time = design.found().time();
    TimeScale scale = TimeScale.of(time[time.length - 1], design.quantities().timeUnit());
    return new Figure(
        "design",
        "Schedule: " + design.goal().words(design.observable()),
        "The condition against time, in the clock of schedules.",
        Axis.linear(scale.label("time")),
        Axis.ofParameter(design.quantities().parameter()),
        List.of(
            Layer.line(FOUND, 0, scale.scaled(time), design.found().value()),
            Layer.dashed(RAMP, 1, scale.scaled(design.ramp().time()), design.ramp().value())));
  }

  private static Figure paths(
      Design design, PredictedPath found, PredictedPath ramp, int component) {
    double longest = Math.max(last(found), last(ramp));
    TimeScale scale = TimeScale.of(longest, design.quantities().timeUnit());
    return new Figure(
        "design-path",
        design.observable() + " along the schedules",
        "Means of the ensemble against simulated time.",
        Axis.linear(scale.label("simulated time")),
        Axis.linear(design.observable()),
        List.of(
            Layer.line(FOUND, 0, scale.scaled(found.time()), column(found, component)),
            Layer.dashed(RAMP, 1, scale.scaled(ramp.time()), column(ramp, component))));
  }

  private static double last(PredictedPath path) {
    return path.time()[path.time().length - 1];
  }

  private static double[] column(PredictedPath path, int component) {
    int m = path.mean().length / path.time().length;
    double[] column = new double[path.time().length];
    Arrays.setAll(column, r -> path.mean()[r * m + component]);
    return column;
  }
}
