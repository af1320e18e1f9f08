package org.latticelift.learn.train.gradient;

import java.util.stream.IntStream;

/**
 * The batches: one row per sample, so that a sample drawn at random costs one or two cache lines.
 *
 * @param variables d
 * @param noise whether there is a column for {@link Noise}
 * @param rows [N, 2 + 2d] or [N, 2 + 3d]: input of the temperature embedding, duration, increment
 *     y1 - y0, noise if there is any, state y0
 */
public record Samples(int variables, boolean noise, float[] rows) {
  static final int CONDITION = 0;
  static final int DURATION = 1;
  static final int INCREMENT = 2;

  /**
   * Puts columns side by side.
   *
   * @param state y0, [N,d]
   * @param increment y1 - y0, [N,d]
   * @param noise [N,d], or empty
   * @param duration [N]
   * @param condition input of the temperature embedding, [N]
   */
  public static Samples of(
      int variables,
      float[] state,
      float[] increment,
      float[] noise,
      float[] duration,
      float[] condition) {
    boolean noisy = noise.length > 0;
    int width = width(variables, noisy);
    float[] rows = new float[duration.length * width];
    for (int k = 0; k < duration.length; k++) {
      int at = k * width;
      rows[at + CONDITION] = condition[k];
      rows[at + DURATION] = duration[k];
      System.arraycopy(increment, k * variables, rows, at + INCREMENT, variables);
      if (noisy) {
        System.arraycopy(noise, k * variables, rows, at + noise(variables), variables);
      }
      System.arraycopy(state, k * variables, rows, at + state(variables, noisy), variables);
    }
    return new Samples(variables, noisy, rows);
  }

  /** Not one. */
  public static Samples none(int variables) {
    return new Samples(variables, false, new float[0]);
  }

  /** Entry of a row at which the noise begins. */
  static int noise(int variables) {
    return INCREMENT + variables;
  }

  /** Entry of a row at which the state begins. */
  static int state(int variables, boolean noise) {
    return noise(variables) + (noise ? variables : 0);
  }

  private static int width(int variables, boolean noise) {
    return Widths.padded(state(variables, noise) + variables);
  }

  int width() {
    return width(variables, noise);
  }

  public int count() {
    return rows.length / width();
  }

  /** All rows in their order; 0 to N - 1. */
  public int[] all() {
    return IntStream.range(0, count()).toArray();
  }

  /** States of some rows, [n,d]. */
  public float[] state(int[] order) {
    return column(order, state(variables, noise), variables);
  }

  /** Increments of some rows, [n,d]. */
  public float[] increment(int[] order) {
    return column(order, INCREMENT, variables);
  }

  /** Noise of some rows, where there is a column for it, [n,d]. */
  public float[] noise(int[] order) {
    return column(order, noise(variables), variables);
  }

  /** Durations of some rows, [n]. */
  public float[] duration(int[] order) {
    return column(order, DURATION, 1);
  }

  /** Inputs of the temperature embedding of some rows, [n]. */
  public float[] condition(int[] order) {
    return column(order, CONDITION, 1);
  }

  private float[] column(int[] order, int first, int entries) {
    float[] column = new float[order.length * entries];
    int width = width();
    for (int k = 0; k < order.length; k++) {
      System.arraycopy(rows, order[k] * width + first, column, k * entries, entries);
    }
    return column;
  }

  /** Mean square of the increments of each variable per unit of time. */
  public double[] rates() {
    double[] rate = new double[variables];
    for (int at = 0; at < rows.length; at += width()) {
      for (int i = 0; i < variables; i++) {
        double x = rows[at + INCREMENT + i];
        rate[i] += x * x / rows[at + DURATION] / count();
      }
    }
    return rate;
  }
}
