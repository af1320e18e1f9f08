package org.latticelift.bench.study.upsampling;

import java.util.Locale;
import org.latticelift.io.config.Binder.Part;

/**
 * What became of states of one kind.
 *
 * @param states how they were made
 * @param observable which one the next four are of
 * @param start at the start
 * @param eighth after an eighth of the simulation
 * @param end at its end
 * @param change from start to end, state by state
 * @param earlyOverLate time per jump in the first sixteenth over that in the last half
 * @param off of what the start has more or less than the reference
 * @param millisPerState processor time to make a state
 */
public record Stationarity(
    String states,
    String observable,
    Estimate start,
    Estimate eighth,
    Estimate end,
    Estimate change,
    Estimate earlyOverLate,
    @Part Off off,
    double millisPerState) {
  /**
   * How far the start is off, as root mean squares.
   *
   * @param pairsOff over fitted pairs of atoms of what it has more per site than the reference
   * @param farPairsOff the same over shells that are not fitted
   * @param trianglesOff the same over triangles, relative to how far the reference is from random
   */
  public record Off(double pairsOff, double farPairsOff, double trianglesOff) {}

  /** Names of the columns of {@link #line}. */
  public static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-20s %-6s %-15s %-15s %-15s %-15s %-15s %7s %7s %9s %8s",
          "states",
          "",
          "start",
          "after 1/8",
          "end",
          "change",
          "early/late",
          "pairs",
          "far",
          "triangles",
          "ms");

  /** A line of a table. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-20s %-6s %-15s %-15s %-15s %-15s %-15s %7.4f %7.4f %7.1f %% %8.1f",
        states,
        observable,
        start.text(),
        eighth.text(),
        end.text(),
        change.text(),
        earlyOverLate.text(),
        off.pairsOff,
        off.farPairsOff,
        100 * off.trianglesOff,
        millisPerState);
  }
}
