package org.latticelift.learn.judgement;

import java.util.Locale;

/** The result of comparing a value with a reference. */
public enum Verdict {
  /** The difference is allowed. */
  OK,
  /** The difference is larger than allowed. */
  OVER,
  /** Not compared: there is no reference, or nothing says how large a difference may be. */
  NONE;

  /**
   * Judges a difference. This is the only rule: a difference up to {@code allowed} passes, and an
   * infinite one never does, such as the time of a level that is never reached.
   */
  public static Verdict of(double difference, double allowed) {
    if (Double.isInfinite(difference)) {
      return OVER;
    }
    return Double.isNaN(difference) || Double.isNaN(allowed)
        ? NONE
        : Math.abs(difference) <= allowed ? OK : OVER;
  }

  /** The number in files: 1, 0, or -1 where nothing was compared. */
  public double code() {
    return this == NONE ? -1 : this == OK ? 1 : 0;
  }

  /** The inverse of {@link #code}; NONE for NaN, of files that do not have the number. */
  public static Verdict ofCode(double code) {
    return code == 1 ? OK : code == 0 ? OVER : NONE;
  }

  /** The worse of two; a comparison that was made counts more than one that was not. */
  public Verdict worse(Verdict other) {
    if (this == OVER || other == OVER) {
      return OVER;
    }
    return this == NONE ? other : this;
  }

  /** The word for tables; {@code ok}, {@code over} or {@code not compared}. */
  public String word() {
    return this == NONE ? "not compared" : name().toLowerCase(Locale.ROOT);
  }
}
