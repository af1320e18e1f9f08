package org.latticelift.learn.evaluate;

import java.util.Locale;

/** Result of a comparison of a prediction with direct runs. */
public enum Verdict {
  /** Within the combined interval, or the tolerance beside it. */
  OK,
  /** Beyond. */
  OVER,
  /** Not compared: no direct runs, no interval and no tolerance, or an unknown standard error. */
  NONE;

  /** The worse of two; what was not compared is no better than what was. */
  Verdict worse(Verdict other) {
    if (this == OVER || other == OVER) {
      return OVER;
    }
    return this == NONE ? other : this;
  }

  /**
   * The word for tables.
   *
   * @return {@code ok}, {@code over} or {@code not compared}
   */
  public String word() {
    return this == NONE ? "not compared" : name().toLowerCase(Locale.ROOT);
  }
}
