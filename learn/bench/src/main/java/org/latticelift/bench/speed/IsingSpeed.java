package org.latticelift.bench.speed;

import java.util.Locale;

/**
 * Measured speed of the Ising model on one lattice. All rates are per second of processor time of
 * the measuring thread.
 *
 * @param side sites per row
 * @param draw how sites are drawn: acceptance or class lists
 * @param chosen whether the simulator left alone draws this way at this temperature
 * @param flipsPerSecond median of the slices
 * @param slowest slowest slice, flips/s
 * @param fastest fastest slice, flips/s
 * @param ratePerSite flips per site and unit time of the process
 * @param meanSpin magnetisation per site at the end
 */
public record IsingSpeed(
    int side,
    String draw,
    boolean chosen,
    double flipsPerSecond,
    double slowest,
    double fastest,
    double ratePerSite,
    double meanSpin) {

  /** Heads the columns of {@link #line}. */
  public static final String HEADER =
      "  side  draw             flips/s   (slowest - fastest)    flips per site and time";

  /**
   * One line for people; a star marks the way that is chosen.
   *
   * @return the speed in a table row
   */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%6d  %-11s%s  %10.3g   (%.3g - %.3g)   %.4f",
        side,
        draw,
        chosen ? "*" : " ",
        flipsPerSecond,
        slowest,
        fastest,
        ratePerSite);
  }
}
