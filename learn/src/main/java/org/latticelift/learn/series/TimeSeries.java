package org.latticelift.learn.series;

import java.util.Arrays;

/**
 * Several observables recorded at increasing times, not necessarily equidistant, and read as
 * piecewise linear in between. Averages are weighted by time, never by record (DI-53).
 */
public final class TimeSeries {
  private final double[] time;
  private final double[] values;
  private final int components;
  private final double[][] cumulative;

  /**
   * Wraps recorded data.
   *
   * @param time n increasing times, s; not copied
   * @param values n x components, row-major; not copied
   * @param components observables per record
   * @throws IllegalArgumentException if the shapes disagree or the times do not increase
   */
  public TimeSeries(double[] time, double[] values, int components) {
    if (time.length == 0 || values.length != time.length * components) {
      throw new IllegalArgumentException(
          time.length + " times do not match " + values.length + "/" + components + " records");
    }
    for (int i = 1; i < time.length; i++) {
      if (!(time[i] > time[i - 1])) {
        throw new IllegalArgumentException("time does not increase at record " + i);
      }
    }
    this.time = time;
    this.values = values;
    this.components = components;
    this.cumulative = new double[components][];
  }

  /** Number of records, at least 1. */
  public int length() {
    return time.length;
  }

  /** Observables per record, at least 1. */
  public int components() {
    return components;
  }

  /** Time of a record. */
  public double time(int record) {
    return time[record];
  }

  /** Time of the first record. */
  public double start() {
    return time[0];
  }

  /** Time of the last record. */
  public double end() {
    return time[time.length - 1];
  }

  /** All times; a copy, s. */
  public double[] times() {
    return time.clone();
  }

  /** A recorded value. */
  public double value(int record, int component) {
    return values[record * components + component];
  }

  /** All records of one observable. */
  public double[] column(int component) {
    double[] column = new double[time.length];
    Arrays.setAll(column, i -> value(i, component));
    return column;
  }

  /** Linear interpolation; constant beyond the ends ({@code t}: time, s). */
  public double at(double t, int component) {
    int found = Arrays.binarySearch(time, t);
    if (found >= 0) {
      return value(found, component);
    }
    int right = -found - 1;
    if (right == 0 || right == time.length) {
      return value(Math.min(right, time.length - 1), component);
    }
    double share = (t - time[right - 1]) / (time[right] - time[right - 1]);
    return (1 - share) * value(right - 1, component) + share * value(right, component);
  }

  /** Linear interpolation at several times ({@code grid}: times, s); one value per time. */
  public double[] at(double[] grid, int component) {
    return Arrays.stream(grid).map(t -> at(t, component)).toArray();
  }

  /**
   * Time averages over bins of equal width, exact for the piecewise linear curve ({@code from}:
   * start of the first bin, s; within the record; {@code to}: end of the last bin, s; within the
   * record); one average per bin; their mean is the time average from {@code from} to {@code to}.
   */
  public double[] binned(double from, double to, int bins, int component) {
    double[] averages = new double[bins];
    double width = (to - from) / bins;
    double left = integral(from, component);
    for (int i = 0; i < bins; i++) {
      double right = integral(i == bins - 1 ? to : from + (i + 1) * width, component);
      averages[i] = (right - left) / width;
      left = right;
    }
    return averages;
  }

  /** Integral from the first record to t. */
  private double integral(double t, int component) {
    int found = Arrays.binarySearch(time, t);
    int whole = found >= 0 ? found : -found - 2;
    double sum = cumulative(component)[Math.max(whole, 0)];
    if (found >= 0 || whole < 0) {
      return sum;
    }
    return sum + 0.5 * (t - time[whole]) * (value(whole, component) + at(t, component));
  }

  private double[] cumulative(int component) {
    if (cumulative[component] == null) {
      double[] sums = new double[time.length];
      for (int i = 1; i < time.length; i++) {
        double mean = 0.5 * (value(i - 1, component) + value(i, component));
        sums[i] = sums[i - 1] + (time[i] - time[i - 1]) * mean;
      }
      cumulative[component] = sums;
    }
    return cumulative[component];
  }
}
