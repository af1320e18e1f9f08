package org.latticelift.learn.sde;

import java.util.List;
import org.latticelift.io.error.LatticeLiftException;

/** Errors of an architecture description. */
final class ArchitectureErrors {
  /** Layers of this width and number have fewer weights than the longest array. */
  private static final int WIDEST = 4096;

  private static final int MOST_LAYERS = 64;

  private ArchitectureErrors() {}

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
    if (widths == null
        || widths.isEmpty()
        || widths.size() > MOST_LAYERS
        || widths.stream().anyMatch(w -> w == null || w < 1 || w > WIDEST)) {
      throw bad(key, widths, "a list of 1 to " + MOST_LAYERS + " integers from 1 to " + WIDEST);
    }
    return List.copyOf(widths);
  }

  static void nonNegative(String key, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw bad(key, value, "a number >= 0");
    }
  }
}
