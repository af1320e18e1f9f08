package org.latticelift.io.config;

import java.util.OptionalInt;
import org.latticelift.io.config.Binder.Range;

/**
 * A whole number, or {@code auto} for what its reader finds best. {@link Range} limits it ({@code
 * number}: empty for auto).
 */
public record AutoNumber(OptionalInt number) {
  private static final String AUTO = "auto";

  /** A number. */
  public static AutoNumber of(int number) {
    return new AutoNumber(OptionalInt.of(number));
  }

  /** Reads a key ({@code node}: {@code auto} or a number); the choice. */
  public static AutoNumber fromConfig(ConfigNode node) {
    if (node.isWord(AUTO)) {
      return new AutoNumber(OptionalInt.empty());
    }
    boolean number = node.isNumber();
    long value = number ? node.integer() : Long.MAX_VALUE;
    if (value != (int) value) {
      throw node.wrongType("auto or a whole number" + (number ? " below 2^31" : ""));
    }
    return of((int) value);
  }

  /** Writes the key; the text that it was read from. */
  public ConfigNode toConfig() {
    return ConfigNode.parse(number.isPresent() ? "" + number.getAsInt() : AUTO, "resolved");
  }

  /** The number, or another for {@code auto} ({@code best}: what is used then); either. */
  public int orElse(int best) {
    return number.orElse(best);
  }

  /** Whether the number is not given; true for {@code auto}. */
  public boolean isAuto() {
    return number.isEmpty();
  }
}
