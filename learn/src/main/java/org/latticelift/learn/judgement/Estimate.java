package org.latticelift.learn.judgement;

import java.util.Arrays;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.sim.statistics.StudentQuantile;

/**
 * A number and how uncertain it is. What is not available is NaN.
 *
 * @param value the number
 * @param error its standard error
 * @param halfWidth half of its 95 % interval
 */
public record Estimate(double value, double error, double halfWidth) {
  /** No number. */
  public static final Estimate UNKNOWN = new Estimate(Double.NaN, Double.NaN, Double.NaN);

  /** A predicted number. */
  public static Estimate of(double value, Uncertainty uncertainty) {
    return new Estimate(value, uncertainty.error(), uncertainty.halfWidth());
  }

  /** The mean of independent runs; a single run has no error, and no run no mean. */
  public static Estimate ofRuns(double[] values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    int n = values.length;
    if (n < 2) {
      return new Estimate(mean, Double.NaN, Double.NaN);
    }
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    double error = Math.sqrt(square / (n - 1.0) / n);
    return new Estimate(mean, error, StudentQuantile.of(n - 1.0) * error);
  }

  /** The number with half of its interval, such as {@code 0.1234 ± 0.0056}, where it has one. */
  public String text() {
    String text = ResultTable.number("%.4f", value);
    return Double.isNaN(halfWidth) ? text : text + " ± " + ResultTable.number("%.4f", halfWidth);
  }
}
