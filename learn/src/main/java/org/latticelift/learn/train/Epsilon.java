package org.latticelift.learn.train;

import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;

/**
 * The constant on the diagonal of the covariance in the loss: {@code auto} for 1e-6 times the
 * median variance of the increments (DI-02), or a number in scaled variables (ME-32).
 *
 * @param number empty for auto
 */
public record Epsilon(OptionalDouble number) {
  private static final double RELATIVE = 1e-6;

  /**
   * Reads the key.
   *
   * @param node {@code auto} or a number
   * @return the choice
   */
  public static Epsilon fromConfig(ConfigNode node) {
    if (node.isWord("auto")) {
      return new Epsilon(OptionalDouble.empty());
    }
    double value = node.number();
    if (!(value >= 0)) {
      throw node.wrongType("auto or a number >= 0");
    }
    return new Epsilon(OptionalDouble.of(value));
  }

  /**
   * Writes the key.
   *
   * @return {@code auto} or the number
   */
  public ConfigNode toConfig() {
    String text = number.isPresent() ? "" + number.getAsDouble() : "auto";
    return ConfigNode.parse(text, "train.epsilon");
  }

  double resolve(ScaledPairs pairs) {
    return number.orElseGet(() -> RELATIVE * pairs.medianVariance());
  }
}
