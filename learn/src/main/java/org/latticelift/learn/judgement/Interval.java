package org.latticelift.learn.judgement;

import org.latticelift.io.output.RecordLayout.Stored;

/**
 * A central interval, of 95 % where nothing else is said.
 *
 * @param lower such as the 2.5 % point
 * @param upper such as the 97.5 % point
 */
public record Interval(@Stored("2.5 % {}") double lower, @Stored("97.5 % {}") double upper) {
  /** No interval could be made. */
  public static final Interval NONE = new Interval(Double.NaN, Double.NaN);

  /** The interval of a width about a value. */
  public static Interval about(double value, double halfWidth) {
    return new Interval(value - halfWidth, value + halfWidth);
  }

  /** Half of its width. */
  public double half() {
    return (upper - lower) / 2;
  }
}
