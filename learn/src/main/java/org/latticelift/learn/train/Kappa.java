package org.latticelift.learn.train;

import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;

/**
 * The factor on the model covariance in the loss, for pairs of one patch: {@code K} for the number
 * of patches stored with the pairs (DI-01), a positive number, {@code measured} from joint
 * evolutions (EX-03), or {@code auto}: measured where the pairs have joint evolutions, else K.
 *
 * @param rule how it is found
 * @param number of rule {@link Rule#NUMBER}
 */
public record Kappa(Rule rule, OptionalDouble number) {
  /** How the factor is found. */
  public enum Rule {
    /** Measured if it can be, else K. */
    AUTO,
    /** The number of patches. */
    K,
    /** From joint evolutions. */
    MEASURED,
    /** As given. */
    NUMBER;

    private String text() {
      return this == K ? "K" : name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * Reads the key.
   *
   * @param node {@code auto}, {@code K}, {@code measured} or a number
   * @return the choice
   */
  public static Kappa fromConfig(ConfigNode node) {
    for (Rule rule : new Rule[] {Rule.AUTO, Rule.K, Rule.MEASURED}) {
      if (node.isWord(rule.text())) {
        return new Kappa(rule, OptionalDouble.empty());
      }
    }
    double value = node.number();
    if (!(value > 0)) {
      throw node.wrongType("K (the number of patches), measured, auto or a number > 0");
    }
    return new Kappa(Rule.NUMBER, OptionalDouble.of(value));
  }

  /**
   * Writes the key.
   *
   * @return the text that it was read from
   */
  public ConfigNode toConfig() {
    String text = rule == Rule.NUMBER ? "" + number.getAsDouble() : rule.text();
    return ConfigNode.parse(text, "train.kappa");
  }

  /** Whether the factors are to be measured. */
  boolean measured(boolean possible) {
    return rule == Rule.MEASURED || rule == Rule.AUTO && possible;
  }

  /** The factor for one patch where it is not measured. */
  double resolve(double patches) {
    return number.orElse(patches);
  }
}
