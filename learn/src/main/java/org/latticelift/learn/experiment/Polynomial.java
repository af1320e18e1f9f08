package org.latticelift.learn.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.regression.OLSMultipleLinearRegression;

/**
 * A polynomial in the distance from a centre, in units of a width: least squares stay well
 * conditioned wherever the points are (DI-28).
 *
 * @param centre of the powers
 * @param width unit of the distance
 * @param coefficients of the powers 0, 1, ...
 */
record Polynomial(double centre, double width, double[] coefficients) {
  /** Curves that meet twice within one of so many parts of an interval seem not to meet there. */
  private static final int PIECES = 200;

  /**
   * The best polynomial in the sense of least squares ({@code x}: at least degree + 1 different
   * values).
   */
  static Polynomial fit(double[] x, double[] y, int degree) {
    double low = Arrays.stream(x).min().orElseThrow();
    double high = Arrays.stream(x).max().orElseThrow();
    double centre = (low + high) / 2;
    double width = high > low ? (high - low) / 2 : 1;
    double[][] powers = new double[x.length][degree];
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < degree; k++) {
        powers[i][k] = Math.pow((x[i] - centre) / width, k + 1);
      }
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(y, powers);
    return new Polynomial(centre, width, regression.estimateRegressionParameters());
  }

  double value(double x) {
    double value = 0;
    for (int k = coefficients.length - 1; k >= 0; k--) {
      value = value * (x - centre) / width + coefficients[k];
    }
    return value;
  }

  double slope(double x) {
    double slope = 0;
    for (int k = coefficients.length - 1; k > 0; k--) {
      slope = slope * (x - centre) / width + k * coefficients[k];
    }
    return slope / width;
  }

  /**
   * Where this one meets another; the only place in the interval where they meet; NaN if there is
   * none or are several.
   */
  double crossing(Polynomial other, double low, double high) {
    List<Double> found = new ArrayList<>();
    for (int piece = 0; piece <= PIECES; piece++) {
      double left = low + (high - low) * piece / PIECES;
      double right = low + (high - low) * (piece + 1) / PIECES;
      if (difference(other, left) == 0) {
        found.add(left);
      } else if (piece < PIECES && difference(other, left) * difference(other, right) < 0) {
        found.add(bisected(other, left, right));
      }
    }
    return found.size() == 1 ? found.get(0) : Double.NaN;
  }

  private double difference(Polynomial other, double x) {
    return value(x) - other.value(x);
  }

  private double bisected(Polynomial other, double left, double right) {
    double low = left;
    double high = right;
    boolean rising = difference(other, left) < 0;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (difference(other, middle) < 0 == rising) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}
