package org.latticelift.learn.train;

import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;

/**
 * The factor on the model covariance in the loss: {@code K} for the number of patches stored with
 * the pairs (DI-01), or a positive number.
 *
 * @param number empty for K
 */
public record Kappa(OptionalDouble number) {
  /**
   * Reads the key.
   *
   * @param node {@code K} or a number
   * @return the choice
   */
  public static Kappa fromConfig(ConfigNode node) {
    if (node.isScalar() && node.text().equals("K")) {
      return new Kappa(OptionalDouble.empty());
    }
    double value = node.number();
    if (!(value > 0)) {
      throw node.wrongType("K (the number of patches) or a number > 0");
    }
    return new Kappa(OptionalDouble.of(value));
  }

  /**
   * Writes the key.
   *
   * @return {@code K} or the number
   */
  public ConfigNode toConfig() {
    return ConfigNode.parse(number.isPresent() ? "" + number.getAsDouble() : "K", "train.kappa");
  }

  double resolve(double patches) {
    return number.orElse(patches);
  }
}
