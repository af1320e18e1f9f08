package org.latticelift.learn.train;

import java.util.OptionalInt;
import org.latticelift.io.config.ConfigNode;

/**
 * How often a training goes through the pairs: a number, or {@code auto} for 60 times, and more
 * where these are fewer than 600 steps, as the weights of few pairs are far from any minimum then.
 * Of far more steps the diffusion of few pairs becomes that of these very pairs.
 *
 * @param number empty for auto
 */
public record Epochs(OptionalInt number) {
  private static final int MANY_PAIRS = 60;
  private static final int FEWEST_STEPS = 600;

  /**
   * Reads the key.
   *
   * @param node {@code auto} or a number
   * @return the choice
   */
  public static Epochs fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new Epochs(OptionalInt.empty());
    }
    if (node.isScalar() && node.text().matches("0*[1-9][0-9]{0,8}")) {
      return new Epochs(OptionalInt.of(Integer.parseInt(node.text())));
    }
    throw node.wrongType("auto or a number of epochs >= 1");
  }

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsInt() : "auto";
    return ConfigNode.parse(text, "train.epochs");
  }

  /**
   * The number for a training.
   *
   * @param pairs of one model
   * @param batch pairs per step
   * @return at least 1
   */
  int of(double pairs, int batch) {
    double steps = Math.max(1, Math.ceil(pairs / batch));
    return number.orElse((int) Math.max(MANY_PAIRS, Math.ceil(FEWEST_STEPS / steps)));
  }
}
