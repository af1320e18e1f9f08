package org.latticelift.evaluation;

import java.util.Locale;

/** Result of a comparison with a tolerance. */
public enum Verdict {
  /** Within the tolerance. */
  OK,
  /** Beyond the tolerance. */
  OVER,
  /** Nothing to compare with, or no tolerance. */
  NONE;

  /**
   * The word for tables.
   *
   * @return {@code ok}, {@code over} or {@code -}
   */
  public String word() {
    return this == NONE ? "-" : name().toLowerCase(Locale.ROOT);
  }
}
