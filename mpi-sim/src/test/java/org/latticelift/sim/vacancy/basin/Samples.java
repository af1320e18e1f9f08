package org.latticelift.sim.vacancy.basin;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Distances between samples and laws. For tests. */
public final class Samples {
  private Samples() {}

  /**
   * Largest distance between the distribution of a sample and a distribution function.
   *
   * @param sample sorted on return
   * @param cumulative the distribution function
   * @return times the root of the size, above 1.95 with probability 1e-3
   */
  public static double kolmogorov(double[] sample, DoubleUnaryOperator cumulative) {
    Arrays.sort(sample);
    double distance = 0;
    for (int i = 0; i < sample.length; i++) {
      double f = cumulative.applyAsDouble(sample[i]);
      distance =
          Math.max(
              distance, Math.max(f - (double) i / sample.length, (i + 1.0) / sample.length - f));
    }
    return distance;
  }

  /**
   * The two-sample statistic, scaled.
   *
   * @param a sorted on return
   * @param b sorted on return
   * @return distance times the root of the effective size: above 1.95 with probability 1e-3
   */
  public static double kolmogorov(double[] a, double[] b) {
    Arrays.sort(a);
    Arrays.sort(b);
    double distance = 0;
    int i = 0;
    int j = 0;
    while (i < a.length && j < b.length) {
      double x = Math.min(a[i], b[j]);
      while (i < a.length && a[i] <= x) {
        i++;
      }
      while (j < b.length && b[j] <= x) {
        j++;
      }
      distance = Math.max(distance, Math.abs((double) i / a.length - (double) j / b.length));
    }
    return distance * Math.sqrt((double) a.length * b.length / (a.length + b.length));
  }

  /**
   * Chi-square of counts against expectations, bins with fewer than 5 expected taken together.
   *
   * @param seen counts
   * @param expected expected counts
   * @return (chi-square - degrees) / sqrt(2 degrees)
   */
  public static double chiSquareExcess(long[] seen, double[] expected) {
    double chi = 0;
    int bins = 0;
    double fewSeen = 0;
    double fewExpected = 0;
    for (int i = 0; i < seen.length; i++) {
      if (expected[i] < 5) {
        fewSeen += seen[i];
        fewExpected += expected[i];
      } else {
        chi += (seen[i] - expected[i]) * (seen[i] - expected[i]) / expected[i];
        bins++;
      }
    }
    if (fewExpected > 1) {
      chi += (fewSeen - fewExpected) * (fewSeen - fewExpected) / fewExpected;
      bins++;
    } else if (fewSeen > 12) {
      return Double.POSITIVE_INFINITY;
    }
    int degrees = Math.max(1, bins - 1);
    return (chi - degrees) / Math.sqrt(2.0 * degrees);
  }

  /**
   * Chi-square of two sets of counts for having the same law, bins with fewer than 10 together.
   *
   * @param a counts
   * @param b counts, as many in total
   * @return (chi-square - degrees) / sqrt(2 degrees)
   */
  public static double twoSampleExcess(long[] a, long[] b) {
    double chi = 0;
    int bins = 0;
    double fewA = 0;
    double fewB = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] + b[i] < 10) {
        fewA += a[i];
        fewB += b[i];
      } else {
        chi += (double) (a[i] - b[i]) * (a[i] - b[i]) / (a[i] + b[i]);
        bins++;
      }
    }
    if (fewA + fewB > 0) {
      chi += (fewA - fewB) * (fewA - fewB) / (fewA + fewB);
      bins++;
    }
    int degrees = Math.max(1, bins - 1);
    return (chi - degrees) / Math.sqrt(2.0 * degrees);
  }
}
