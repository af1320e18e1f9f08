package org.latticelift.learn.train;

import java.util.Arrays;
import java.util.Locale;
import org.latticelift.io.config.ConfigNode;

/**
 * How the time unit of each condition is chosen (ME-66).
 *
 * @param rule the rule
 * @param length of a unit where the rule is a number, in the unit that times are stored in
 */
public record TimeUnit(Rule rule, double length) {
  /** Mean durations per unit in the authors' code for the alloy (AL-95). */
  private static final double AUTHORS_UNIT = 2016.1;

  /** Rules. */
  public enum Rule {
    /** Equal variance of the increments per unit of time at every condition. */
    NOISE,
    /** 2016.1 mean durations (AL-95). */
    AUTHORS,
    /** The mean duration of the pairs. */
    DURATION,
    /** The unit that times are stored in. */
    PHYSICAL,
    /** A number of that unit, such as a mean duration that was measured elsewhere (DI-41). */
    NUMBER
  }

  /**
   * Reads the key.
   *
   * @param node a rule or a positive number
   * @return the choice
   */
  public static TimeUnit fromConfig(ConfigNode node) {
    if (node.isScalar()) {
      for (Rule rule : Rule.values()) {
        if (rule != Rule.NUMBER && rule.name().equalsIgnoreCase(node.text())) {
          return new TimeUnit(rule, 1);
        }
      }
    }
    String allowed = "noise, authors, duration, physical or a number > 0";
    if (!node.isScalar() || !node.text().matches("[-+0-9.].*")) {
      throw node.wrongType(allowed);
    }
    double number = node.number();
    if (!(number > 0)) {
      throw node.wrongType(allowed);
    }
    return new TimeUnit(Rule.NUMBER, number);
  }

  /**
   * Writes the key.
   *
   * @return the rule or the number
   */
  public ConfigNode toConfig() {
    String text = rule == Rule.NUMBER ? "" + length : rule.name().toLowerCase(Locale.ROOT);
    return ConfigNode.parse(text, "sde.time_unit");
  }

  /** Length of the unit at every condition; not for the rule {@code NOISE}. */
  double[] of(double[] meanDuration) {
    double[] unit = meanDuration.clone();
    Arrays.setAll(
        unit,
        c ->
            switch (rule) {
              case AUTHORS -> meanDuration[c] * AUTHORS_UNIT;
              case PHYSICAL, NUMBER -> length;
              default -> meanDuration[c];
            });
    return unit;
  }
}
