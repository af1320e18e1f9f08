package org.latticelift.sde;

import java.util.List;
import org.latticelift.error.LatticeLiftException;

/** Errors of an architecture description. */
final class Checks {
  private Checks() {}

  static LatticeLiftException bad(String key, Object value, String allowed) {
    return LatticeLiftException.badData(
        "The architecture has " + key + " = " + value,
        "architecture " + key,
        "allowed is " + allowed,
        "Correct the configuration, or train the model again if the file is damaged");
  }

  static void notNull(String key, Object value) {
    if (value == null) {
      throw bad(key, null, "a value");
    }
  }

  static List<Integer> widths(String key, List<Integer> widths) {
    if (widths == null || widths.isEmpty() || widths.stream().anyMatch(w -> w == null || w < 1)) {
      throw bad(key, widths, "a list of at least one positive integer");
    }
    return List.copyOf(widths);
  }

  static void nonNegative(String key, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw bad(key, value, "a number >= 0");
    }
  }
}
