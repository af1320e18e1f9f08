package org.latticelift.learn.judgement;

import java.util.Arrays;
import java.util.Locale;

/** The result of comparing a value with a reference. */
public enum Verdict {
  /** The difference is allowed. */
  OK,
  /** The difference is allowed, and so would be nearly any other: the interval says nothing. */
  WIDE,
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

  /** The number in files: 1, 0, 2 where it is too wide to say, -1 where nothing was compared. */
  public double code() {
    return switch (this) {
      case OK -> 1;
      case OVER -> 0;
      case WIDE -> 2;
      case NONE -> -1;
    };
  }

  /** The inverse of {@link #code}; NONE for NaN, of files that do not have the number. */
  public static Verdict ofCode(double code) {
    return Arrays.stream(values()).filter(each -> each.code() == code).findFirst().orElse(NONE);
  }

  /** The worse of two; a comparison that was made counts more than one that was not. */
  public Verdict worse(Verdict other) {
    if (this == NONE || other == NONE) {
      return this == NONE ? other : this;
    }
    return compareTo(other) > 0 ? this : other;
  }

  /** The word for tables; {@code ok}, {@code too wide}, {@code over} or {@code not compared}. */
  public String word() {
    return switch (this) {
      case NONE -> "not compared";
      case WIDE -> "too wide";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }
}
