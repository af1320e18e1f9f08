package org.latticelift.bench.study.upsampling;

import java.util.Locale;

/**
 * A mean over independent states.
 *
 * @param mean the mean
 * @param error its standard error
 */
public record Estimate(double mean, double error) {
  static Estimate of(double[] values) {
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return new Estimate(mean, Math.sqrt(square / (values.length - 1) / values.length));
  }

  /** For tables. */
  public String text() {
    return String.format(Locale.ROOT, "%7.4f(%.4f)", mean, error);
  }
}
