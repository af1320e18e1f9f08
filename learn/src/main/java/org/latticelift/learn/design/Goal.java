package org.latticelift.learn.design;

import java.util.Locale;
import java.util.OptionalDouble;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.Decimal;

/**
 * What the observable is to be at the end: {@code largest}, {@code smallest}, or as near as
 * possible to a number.
 *
 * @param direction 1 for the largest, -1 for the smallest value, 0 for a prescribed one
 * @param value the prescribed one
 */
public record Goal(int direction, OptionalDouble value) {
  private static final String LARGEST = "largest";
  private static final String SMALLEST = "smallest";

  /** Reads the key ({@code node}: a word or a number). */
  public static Goal fromConfig(ConfigNode node) {
    if (node.isWord(LARGEST)) {
      return new Goal(1, OptionalDouble.empty());
    }
    if (node.isWord(SMALLEST)) {
      return new Goal(-1, OptionalDouble.empty());
    }
    if (!node.isScalar() || !numeric(node.text())) {
      throw node.wrongType("largest, smallest or a finite number");
    }
    return new Goal(0, OptionalDouble.of(node.number()));
  }

  private static boolean numeric(String text) {
    try {
      return Double.isFinite(Decimal.parse(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Writes the key; a word or a number. */
  public ConfigNode toConfig() {
    return ConfigNode.parse(text(), "goal");
  }

  String text() {
    if (value.isPresent()) {
      return Double.toString(value.getAsDouble());
    }
    return direction > 0 ? LARGEST : SMALLEST;
  }

  /** As a phrase before the name of an observable. */
  String words(String observable) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%s near %.6g", observable, value.getAsDouble())
        : text() + " " + observable;
  }

  /** How good a value is: more is better. */
  double score(double reached) {
    return value.isPresent() ? -Math.abs(reached - value.getAsDouble()) : direction * reached;
  }
}
