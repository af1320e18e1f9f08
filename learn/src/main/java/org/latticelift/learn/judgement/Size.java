package org.latticelift.learn.judgement;

/** The size of a bias against the interval of the prediction, which does not contain it. */
public enum Size {
  /** With two of its standard errors it stays below a third of half of the interval. */
  SMALL("small against the interval"),
  /** Less two of its standard errors it still is above that. */
  LARGE("not small against the interval"),
  /** Neither. */
  UNRESOLVED("not resolved against the interval"),
  /** There is no interval. */
  UNKNOWN("no interval to compare with");

  /** Shifted by this share of half of its width, a normal 95 % interval still holds 90 %. */
  private static final double SMALL_SHARE = 1.0 / 3;

  private final String words;

  Size(String words) {
    this.words = words;
  }

  /** The size in words. */
  public String words() {
    return words;
  }

  /** Judges a bias ({@code halfWidth}: half of the 95 % interval of the value that is biased). */
  public static Size of(Comparison bias, double halfWidth) {
    double small = SMALL_SHARE * halfWidth;
    double size = Math.abs(bias.difference());
    if (Double.isNaN(small)) {
      return UNKNOWN;
    }
    if (size + bias.allowed() < small) {
      return SMALL;
    }
    return size - bias.allowed() > small ? LARGE : UNRESOLVED;
  }
}
