package org.latticelift.learn.train.gradient;

/**
 * Training pairs in scaled variables and time, one row per pair, so that a pair drawn at random
 * costs one or two cache lines.
 *
 * @param variables d
 * @param rows [N, 2 + 2d]: input of the temperature embedding, duration, increment y1 - y0, state
 *     y0
 */
public record Samples(int variables, float[] rows) {
  static final int CONDITION = 0;
  static final int DURATION = 1;
  static final int INCREMENT = 2;

  /**
   * Puts the columns of a data set side by side.
   *
   * @param variables d
   * @param state y0, [N,d]
   * @param increment y1 - y0, [N,d]
   * @param duration [N]
   * @param condition input of the temperature embedding, [N]
   * @return a copy
   */
  public static Samples of(
      int variables, float[] state, float[] increment, float[] duration, float[] condition) {
    int width = width(variables);
    float[] rows = new float[duration.length * width];
    for (int k = 0; k < duration.length; k++) {
      int at = k * width;
      rows[at + CONDITION] = condition[k];
      rows[at + DURATION] = duration[k];
      System.arraycopy(increment, k * variables, rows, at + INCREMENT, variables);
      System.arraycopy(state, k * variables, rows, at + INCREMENT + variables, variables);
    }
    return new Samples(variables, rows);
  }

  private static int width(int variables) {
    return Widths.padded(INCREMENT + 2 * variables);
  }

  /** Entries of a row. */
  int width() {
    return width(variables);
  }
}
