package org.latticelift.io.inspect;

import java.math.BigDecimal;
import java.math.MathContext;

/** Smallest, largest and mean finite value, and how many values are not finite. */
record ValueSummary(long finite, long other, double min, double max, double mean) {
  private static final int DIGITS = 4;
  private static final double SMALL = 1e-4;
  private static final double LARGE = 1e7;

  static ValueSummary of(double[] values) {
    long finite = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        finite++;
        min = Math.min(min, value);
        max = Math.max(max, value);
        sum += value;
      }
    }
    return new ValueSummary(finite, values.length - finite, min, max, sum / finite);
  }

  @Override
  public String toString() {
    String bad = other == 0 ? "" : ", " + other + " not finite";
    if (finite == 0) {
      return "[no finite value" + bad + "]";
    }
    if (finite == 1 && other == 0) {
      return "[" + compact(min) + "]";
    }
    return "[" + compact(min) + " to " + compact(max) + ", mean " + compact(mean) + bad + "]";
  }

  private static String compact(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(DIGITS)).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = size < Double.MIN_NORMAL || size >= SMALL && size < LARGE;
    return plain ? rounded.toPlainString() : rounded.toString().replace('E', 'e');
  }
}
