package org.latticelift.learn.train.gradient;

import org.latticelift.learn.train.gradient.Dense.Widths;
import org.latticelift.learn.train.gradient.LossCovariance.Noise;

/**
 * Training pairs in scaled variables and time, one row per pair, so that a pair drawn at random
 * costs one or two cache lines.
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
   * Puts the columns of a data set side by side.
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

  /** Entries of a row. */
  int width() {
    return width(variables, noise);
  }
}
