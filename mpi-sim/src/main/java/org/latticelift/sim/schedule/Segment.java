package org.latticelift.sim.schedule;

/**
 * A straight piece of a schedule.
 *
 * @param start time at its beginning
 * @param end time at its end, later than the beginning
 * @param from value at the beginning
 * @param to value at the end
 */
public record Segment(double start, double end, double from, double to) {
  /** Whether the value stays. */
  public boolean constant() {
    return from == to;
  }

  /** The value at a time within; the ends have their values exactly. */
  double value(double time) {
    if (constant() || time <= start) {
      return from;
    }
    return time >= end ? to : from + (to - from) * ((time - start) / (end - start));
  }

  /** When the value is reached that lies between both ends. */
  double time(double value) {
    return start + (end - start) * ((value - from) / (to - from));
  }
}
