package org.latticelift.io.run.progress;

/** The progress of one piece of work; safe for several threads. */
public interface Progress extends AutoCloseable {
  /** Counts finished units ({@code n}: number of units since the last call). */
  void step(long n);

  /**
   * Counts finished units and says how the work stands; shown no more often than the count ({@code
   * n}: number of units since the last call).
   */
  default void step(long n, String state) {
    step(n);
  }

  /**
   * Tells how long the rest takes, where units differ in cost; without it, their share is taken
   * ({@code seconds}: of wall time from now).
   */
  default void left(double seconds) {
    // a display without such an estimate
  }

  /** Tells something worth a line. */
  void message(String s);

  /** Ends the display. */
  @Override
  void close();
}
