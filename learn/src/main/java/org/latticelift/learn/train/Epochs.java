package org.latticelift.learn.train;

import org.latticelift.io.config.AutoNumber;

/**
 * How often a training goes through the pairs: a number, or {@code auto} for 60 times, and more
 * where these are fewer than 600 steps, as the weights of few pairs are far from any minimum then.
 * Of far more steps the diffusion of few pairs becomes that of these very pairs.
 */
final class Epochs {
  private static final int MANY_PAIRS = 60;
  private static final int FEWEST_STEPS = 600;

  private Epochs() {}

  /**
   * The number for a training.
   *
   * @param pairs of one model
   * @param batch pairs per step
   * @return at least 1
   */
  static int of(AutoNumber wanted, double pairs, int batch) {
    double steps = Math.max(1, Math.ceil(pairs / batch));
    return wanted.orElse((int) Math.max(MANY_PAIRS, Math.ceil(FEWEST_STEPS / steps)));
  }
}
