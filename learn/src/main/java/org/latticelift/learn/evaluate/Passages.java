package org.latticelift.learn.evaluate;

/**
 * When a mean over runs, or over an ensemble, has made parts of its way from the start to its late
 * mean for the first time. NaN where the way is not clear of the noise.
 *
 * @param half time after which half of the way is made
 * @param ninety time after which 90 % of it is made
 */
public record Passages(double half, double ninety) {
  /** Not available. */
  public static final Passages NONE = new Passages(Double.NaN, Double.NaN);

  private static final double HALF = 0.5;
  private static final double NINETY = 0.9;

  /**
   * Of a curve.
   *
   * @param noise its standard deviation
   */
  static Passages of(TimeSeries mean, int component, double late, double noise) {
    return RelaxationTime.measurable(mean.value(0, component), late, noise)
        ? new Passages(
            RelaxationTime.of(mean, component, late, HALF),
            RelaxationTime.of(mean, component, late, NINETY))
        : NONE;
  }
}
