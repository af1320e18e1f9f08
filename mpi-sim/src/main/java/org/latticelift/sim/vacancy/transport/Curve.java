package org.latticelift.sim.vacancy.transport;

import java.util.Arrays;
import java.util.List;

/**
 * A coefficient of diffusion against the window, and the window that is reported: the first from
 * which on values no longer change by more than noise makes.
 *
 * @param window time from an origin, s, ascending
 * @param value from the window to twice the window
 * @param error standard error by blocks
 * @param covariance of the errors of two windows, which share the same motion
 * @param chosen index of the window that is reported; -1 where there is none
 * @param plateau whether longer windows were seen, agree with the reported one, and would have
 *     shown a change of 5 %
 */
public record Curve(
    double[] window,
    double[] value,
    double[] error,
    double[][] covariance,
    int chosen,
    boolean plateau) {
  /** A change with the window that does not matter, relative. */
  private static final double SMALL = 0.002;

  /** A change that noise makes, in squares of its error. */
  private static final double NOISE = 2;

  /** Relative error of a value that says little. */
  private static final double NOISY = 0.03;

  /** Relative error of a change with the window that would show. */
  private static final double SURE = 0.05;

  /**
   * A window.
   *
   * @param window its length, s
   * @param value from it to twice its length
   * @param error standard error; NaN where it is not known
   * @param blocks what blocks of the runs, the same for all windows, differ by from the value
   */
  record Point(double window, double value, double error, double[] blocks) {}

  /** Of windows, ascending in time; those whose errors are not known are left out. */
  static Curve of(List<Point> all) {
    List<Point> points = all.stream().filter(point -> !Double.isNaN(point.error())).toList();
    int n = points.size();
    double[][] covariance = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        covariance[i][j] = covariance(points.get(i), points.get(j));
      }
    }
    Curve curve =
        new Curve(
            points.stream().mapToDouble(Point::window).toArray(),
            points.stream().mapToDouble(Point::value).toArray(),
            points.stream().mapToDouble(Point::error).toArray(),
            covariance,
            -1,
            false);
    for (int k = 0; k < n - 1; k++) {
      if (curve.level(k, Math.abs(curve.value[k]), 0)) {
        return curve.at(k, curve.sure(k));
      }
    }
    return curve.at(curve.longest(), false);
  }

  private static double covariance(Point one, Point other) {
    int n = one.blocks().length;
    if (one == other || n < 2) {
      return one == other ? one.error() * one.error() : 0;
    }
    double mean = Arrays.stream(one.blocks()).average().orElseThrow();
    double otherMean = Arrays.stream(other.blocks()).average().orElseThrow();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += (one.blocks()[i] - mean) * (other.blocks()[i] - otherMean);
    }
    double bound = one.error() * other.error(); // that of few blocks is known badly itself
    return Math.max(-bound, Math.min(bound, sum / (n - 1) / n));
  }

  /** Returns the reported value; NaN without windows. */
  public double best() {
    return chosen < 0 ? Double.NaN : value[chosen];
  }

  /**
   * Returns its standard error; NaN without windows. That longer windows agree is known no better
   * than they are, so half their variance is part of it: with it twenty repetitions differ by what
   * their errors say.
   */
  public double bestError() {
    if (chosen < 0) {
      return Double.NaN;
    }
    return chosen == error.length - 1
        ? error[chosen]
        : Math.hypot(error[chosen], longer(chosen) / Math.sqrt(2));
  }

  /** Error of the mean of all windows longer than one, as if they were independent. */
  private double longer(int k) {
    double weights = 0;
    for (int longer = k + 1; longer < value.length; longer++) {
      weights += 1 / (error[longer] * error[longer]);
    }
    return 1 / Math.sqrt(weights);
  }

  /** The same curve in another unit. */
  public Curve times(double factor) {
    return new Curve(
        window,
        Arrays.stream(value).map(v -> v * factor).toArray(),
        Arrays.stream(error).map(e -> e * Math.abs(factor)).toArray(),
        Arrays.stream(covariance)
            .map(row -> Arrays.stream(row).map(c -> c * factor * factor).toArray())
            .toArray(double[][]::new),
        chosen,
        plateau);
  }

  /** The same curve with another window reported. */
  Curve at(int reported, boolean flat) {
    return new Curve(window, value, error, covariance, reported, flat);
  }

  /**
   * Whether values no longer change from a window on: neither do those of longer windows differ
   * from its own on average, nor do they grow or fall together.
   *
   * @param scale of which {@value #SMALL} does not matter
   * @param further what a change may be larger by, in squares of its error, where many are looked
   *     at
   */
  boolean level(int k, double scale, double further) {
    int n = value.length;
    double[] weight = new double[n];
    double least = Double.MIN_NORMAL + 1e-6 * scale * scale; // of what has never moved
    for (int i = k; i < n; i++) {
      weight[i] = 1 / Math.max(least, error[i] * error[i]);
    }
    double longer = Arrays.stream(weight, k + 1, n).sum();
    double[] apart = new double[n];
    for (int i = k + 1; i < n; i++) {
      apart[i] = weight[i] / longer;
    }
    apart[k] = -1;
    double bound = NOISE + further;
    return squared(apart, SMALL * scale, least) <= bound
        && (n - k < 3 || squared(slope(weight, k), SMALL * scale, least) <= bound);
  }

  /** Coefficients of the change over all windows from one on, by a line against ln(window). */
  private double[] slope(double[] weight, int k) {
    int n = value.length;
    double s = 0;
    double sx = 0;
    double sxx = 0;
    for (int i = k; i < n; i++) {
      double x = Math.log(window[i] / window[k]);
      s += weight[i];
      sx += weight[i] * x;
      sxx += weight[i] * x * x;
    }
    double[] slope = new double[n];
    double range = Math.log(window[n - 1] / window[k]);
    for (int i = k; i < n; i++) {
      double x = Math.log(window[i] / window[k]);
      slope[i] = range * weight[i] * (s * x - sx) / (s * sxx - sx * sx);
    }
    return slope;
  }

  /**
   * The square of a sum of values, in units of its error and of a change that does not matter. The
   * error is at least that of independent windows.
   */
  private double squared(double[] coefficients, double small, double least) {
    double sum = 0;
    double independent = 0;
    double shared = 0;
    for (int i = 0; i < value.length; i++) {
      sum += coefficients[i] * value[i];
      independent += coefficients[i] * coefficients[i] * error[i] * error[i];
      for (int j = 0; j < value.length; j++) {
        shared += coefficients[i] * coefficients[j] * covariance[i][j];
      }
    }
    return sum * sum / Math.max(least, Math.max(independent, shared) + small * small);
  }

  /** Whether it would be seen if a value still changed. */
  boolean sure(int k) {
    return Math.hypot(error[k], longer(k)) <= SURE * Math.abs(value[k]);
  }

  /** The longest window whose error is small; the surest one where none is; -1 without any. */
  int longest() {
    int found = -1;
    for (int k = 0; k < value.length; k++) {
      boolean small = error[k] <= NOISY * Math.abs(value[k]);
      if (found < 0
          || small
          || error[k] / Math.abs(value[k]) < error[found] / Math.abs(value[found])) {
        found = k;
      }
    }
    return found;
  }
}
