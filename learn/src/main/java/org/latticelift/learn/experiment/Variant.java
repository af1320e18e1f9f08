package org.latticelift.learn.experiment;

import java.util.OptionalDouble;

/** A row of the table of an experiment ({@code name}: as in the configuration). */
public record Variant(String name) {
  /** The direct simulation, as a row. */
  public static final String TRUTH = "truth";

  /**
   * Whether a row is one of direct runs: {@code truth}, or {@code truth-128} for another size.
   * Returns true if no variant may have the name ({@code name}: of a row).
   */
  static boolean isTruth(String name) {
    return name.equals(TRUTH) || name.startsWith(TRUTH + "-");
  }

  private int cut() {
    int dash = name.lastIndexOf('-');
    return dash > 0 && name.substring(dash + 1).matches("[0-9.]+") ? dash : -1;
  }

  /** The name without its number; such as {@code ours} of {@code ours-16}. */
  public String series() {
    return cut() < 0 ? name : name.substring(0, cut());
  }

  /** The number at the end of the name; such as 16 of {@code ours-16}. */
  public OptionalDouble number() {
    return cut() < 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(name.substring(cut() + 1)));
  }
}
