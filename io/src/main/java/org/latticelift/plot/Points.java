package org.latticelift.plot;

import java.util.Arrays;

/** Finite points of a series; {@code error} may be null. */
record Points(double[] x, double[] y, double[] error) {
  static Points finite(double[] x, double[] y, double[] error) {
    requireEqual(x.length, y.length);
    requireEqual(x.length, error == null ? x.length : error.length);
    int[] kept = new int[x.length];
    int n = 0;
    for (int i = 0; i < x.length; i++) {
      if (Double.isFinite(x[i]) && Double.isFinite(y[i])) {
        kept[n++] = i;
      }
    }
    int[] indices = Arrays.copyOf(kept, n);
    return new Points(pick(x, indices), pick(y, indices), bars(error, indices));
  }

  private static void requireEqual(int a, int b) {
    if (a != b) {
      throw new IllegalArgumentException("lengths " + a + " and " + b);
    }
  }

  private static double[] pick(double[] values, int[] indices) {
    return Arrays.stream(indices).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] bars(double[] error, int[] indices) {
    if (error == null) {
      return null;
    }
    return Arrays.stream(pick(error, indices)).map(e -> Double.isFinite(e) ? e : 0).toArray();
  }

  /** The closed outline of a band: along the upper curve and back along the lower one. */
  static Points outline(double[] x, double[] lower, double[] upper) {
    Points top = finite(x, upper, lower);
    Points bottom = finite(x, lower, upper);
    if (top.x.length != bottom.x.length) {
      throw new IllegalArgumentException("a band needs both curves at the same places");
    }
    int n = top.x.length;
    double[] outX = new double[2 * n];
    double[] outY = new double[2 * n];
    for (int i = 0; i < n; i++) {
      outX[i] = top.x[i];
      outY[i] = top.y[i];
      outX[2 * n - 1 - i] = bottom.x[i];
      outY[2 * n - 1 - i] = bottom.y[i];
    }
    return new Points(outX, outY, null);
  }

  /** The closed outline of bars. */
  static Points histogram(double[] values, int bins) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return new Points(finite, finite, null);
    }
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    double width = high > low ? (high - low) / bins : 1.0 / bins;
    double[] counts = new double[bins];
    for (double value : finite) {
      counts[Math.min(bins - 1, (int) ((value - low) / width))]++;
    }
    double[] x = new double[2 * bins + 2];
    double[] y = new double[2 * bins + 2];
    x[0] = low;
    for (int i = 0; i < bins; i++) {
      x[2 * i + 1] = low + i * width;
      x[2 * i + 2] = low + (i + 1) * width;
      y[2 * i + 1] = counts[i];
      y[2 * i + 2] = counts[i];
    }
    x[2 * bins + 1] = low + bins * width;
    return new Points(x, y, null);
  }

  boolean isEmpty() {
    return x.length == 0;
  }
}
