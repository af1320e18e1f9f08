package org.latticelift.io.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** From values to pixels along one axis, and the ticks. */
final class Scale {
  /** Decades below which a logarithmic axis has no round numbers enough. */
  private static final double NARROW = 0.5;

  private final boolean logarithmic;
  private final double low;
  private final double high;
  private final double start;
  private final double end;

  /**
   * A tick.
   *
   * @param value where
   * @param label text; empty for a minor tick
   */
  record Tick(double value, String label) {}

  /**
   * Covers the values with a margin.
   *
   * @param values finite values to show, NaN ignored
   * @param logarithmic whether decades are equally long; then only positive values count
   * @param margin share of the range added at both ends
   * @param start pixel of the low end
   * @param end pixel of the high end
   */
  Scale(List<double[]> values, boolean logarithmic, double margin, double start, double end) {
    this.logarithmic = logarithmic;
    this.start = start;
    this.end = end;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (double[] array : values) {
      for (double value : array) {
        double v = transform(value);
        if (Double.isFinite(v)) {
          smallest = Math.min(smallest, v);
          largest = Math.max(largest, v);
        }
      }
    }
    if (smallest > largest) {
      smallest = 0;
      largest = 1;
    }
    double range = largest - smallest;
    double room = range > 0 ? margin * range : Math.max(0.05 * Math.abs(largest), 1e-3);
    this.low = smallest - room;
    this.high = largest + room;
  }

  private double transform(double value) {
    return logarithmic ? Math.log10(value) : value;
  }

  double pixel(double value) {
    return start + (transform(value) - low) / (high - low) * (end - start);
  }

  double[] pixels(double[] values) {
    return java.util.Arrays.stream(values).map(this::pixel).toArray();
  }

  List<Tick> ticks(int wanted) {
    if (!logarithmic) {
      return steps(low, high, wanted);
    }
    return high - low < NARROW ? steps(Math.pow(10, low), Math.pow(10, high), wanted) : decades();
  }

  /** Equal differences, also on a logarithmic axis that spans less than a factor of three. */
  private static List<Tick> steps(double low, double high, int wanted) {
    double raw = (high - low) / wanted;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
    int decimals = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    boolean large = Math.max(Math.abs(low), Math.abs(high)) >= 1e6 || decimals > 6;
    List<Tick> ticks = new ArrayList<>();
    for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
      double value = k * step;
      String label = String.format(Locale.ROOT, large ? "%.1e" : "%." + decimals + "f", value);
      ticks.add(new Tick(value, label.replace('-', '\u2212')));
    }
    return ticks;
  }

  private List<Tick> decades() {
    boolean few = high - low < 2.2;
    List<Tick> ticks = new ArrayList<>();
    for (int decade = (int) Math.floor(low); decade <= Math.ceil(high); decade++) {
      for (int digit = 1; digit < 10; digit++) {
        double value = digit * Math.pow(10, decade);
        if (Math.log10(value) >= low && Math.log10(value) <= high) {
          boolean named = digit == 1 || few && (digit == 2 || digit == 5);
          ticks.add(new Tick(value, named ? power(digit, decade) : ""));
        }
      }
    }
    return ticks;
  }

  private static String power(int digit, int decade) {
    if (Math.abs(decade) <= 3) {
      String pattern = "%." + Math.max(0, -decade) + "f";
      return String.format(Locale.ROOT, pattern, digit * Math.pow(10, decade));
    }
    return (digit + "e" + decade).replace('-', '\u2212');
  }
}
