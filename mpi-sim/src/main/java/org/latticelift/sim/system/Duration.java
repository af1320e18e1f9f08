package org.latticelift.sim.system;

/**
 * How long a simulation runs (DI-52).
 *
 * @param kind by events or by physical time
 * @param value number of events, or a time in the unit of the system
 */
public record Duration(Kind kind, double value) {
  /** What is counted. */
  public enum Kind {
    /** Events such as jumps or flips. */
    EVENTS,
    /** Physical time. */
    TIME
  }

  /**
   * A number of events.
   *
   * @param events not negative
   * @return the duration
   */
  public static Duration events(long events) {
    return new Duration(Kind.EVENTS, events);
  }

  /**
   * A physical time.
   *
   * @param time not negative
   * @return the duration
   */
  public static Duration time(double time) {
    return new Duration(Kind.TIME, time);
  }
}
