package org.latticelift.learn.evaluate;

import java.util.Locale;

/** Result of a comparison with a tolerance. */
public enum Verdict {
  /** Within the tolerance. */
  OK,
  /** Beyond the tolerance. */
  OVER,
  /** Not compared: no direct runs, no tolerance, or a standard error that is unknown. */
  NONE;

  /**
   * The word for tables.
   *
   * @return {@code ok}, {@code over} or {@code not compared}
   */
  public String word() {
    return this == NONE ? "not compared" : name().toLowerCase(Locale.ROOT);
  }
}
