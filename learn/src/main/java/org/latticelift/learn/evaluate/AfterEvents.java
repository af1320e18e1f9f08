package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import org.latticelift.sim.statistics.StudentQuantile;

/**
 * Observables after a limited number of events, as a simulation that cannot wait for the stationary
 * state sees them (Fig. 7(b), DI-49): predicted and direct at the time in which the small system
 * makes so many events per patch on average. Beside the late means it tells whether a feature of
 * the curve against the condition, such as its maximum (EX-44), belongs to the equilibrium or to
 * the time that was allowed.
 *
 * @param parameter that varies, such as {@code temperature_K}
 * @param observables m names
 * @param points by condition, then by events, both ascending
 */
public record AfterEvents(String parameter, List<String> observables, List<Point> points) {
  /**
   * One condition after one number of events. What is not available is NaN.
   *
   * @param condition its name
   * @param value of the parameter
   * @param events per patch
   * @param time in which they are made, in the unit of time
   * @param predicted m ensemble means; NaN beyond the horizon
   * @param predictedHalfWidth of their 95 % intervals
   * @param direct m means over direct runs; NaN where one of them is shorter
   * @param directHalfWidth of their 95 % intervals; NaN for a single run
   */
  public record Point(
      String condition,
      double value,
      double events,
      double time,
      double[] predicted,
      double[] predictedHalfWidth,
      double[] direct,
      double[] directHalfWidth) {}

  /** Reads both at one time. */
  static Point point(Prediction prediction, List<TimeSeries> runs, double events, double time) {
    int m = prediction.mean().components();
    double[] predicted = new double[m];
    double[] width = new double[m];
    double[] direct = new double[m];
    double[] directWidth = new double[m];
    boolean within = covers(prediction.mean(), time);
    boolean simulated = !runs.isEmpty() && runs.stream().allMatch(run -> covers(run, time));
    for (int c = 0; c < m; c++) {
      int component = c;
      predicted[c] = within ? prediction.mean().at(time, c) : Double.NaN;
      width[c] = within ? prediction.halfWidth().at(time, c) : Double.NaN;
      double[] values =
          simulated
              ? runs.stream().mapToDouble(run -> run.at(time, component)).toArray()
              : new double[0];
      direct[c] = Arrays.stream(values).average().orElse(Double.NaN);
      directWidth[c] = halfWidth(values, direct[c]);
    }
    return new Point(
        prediction.condition(),
        prediction.value(),
        events,
        time,
        predicted,
        width,
        direct,
        directWidth);
  }

  private static boolean covers(TimeSeries series, double time) {
    return time <= series.end() * (1 + 1e-9);
  }

  private static double halfWidth(double[] values, double mean) {
    int n = values.length;
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return n < 2 ? Double.NaN : StudentQuantile.of(n - 1.0) * Math.sqrt(square / (n - 1.0) / n);
  }

  /** The numbers of events; ascending. */
  public List<Double> events() {
    return points.stream().map(Point::events).distinct().sorted().toList();
  }

  /**
   * The conditions after a number of events ({@code events}: one of {@link #events}); ascending in
   * the value.
   */
  public List<Point> after(double events) {
    return points.stream().filter(point -> point.events() == events).toList();
  }
}
