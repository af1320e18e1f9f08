package org.latticelift.learn.certificate;

import java.util.Locale;

/** Another way to late values of the large system from the same small runs and pairs (EX-34). */
public enum Baseline {
  /** Late means of the small runs, and their deviations over sqrt K. */
  SMALL_RUNS("late means of the small runs, deviations over sqrt K"),
  /** An equation of one patch, whose noise is divided by sqrt K. */
  SMALL_EQUATION("equation of one patch as a small system, noise over sqrt K"),
  /** One patch of each state and kappa = K, as in the paper. */
  ONE_PATCH("one patch of each state, kappa = K"),
  /** The equation of the run. */
  RUN("this run");

  private final String meaning;

  Baseline(String meaning) {
    this.meaning = meaning;
  }

  /**
   * What it is.
   *
   * @return words
   */
  public String meaning() {
    return meaning;
  }

  /**
   * How files and tables call it.
   *
   * @return lower case
   */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Baseline of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }
}
