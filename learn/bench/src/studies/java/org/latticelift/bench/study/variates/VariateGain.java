package org.latticelift.bench.study.variates;

import java.util.Locale;

/**
 * What was measured of one observable.
 *
 * @param condition name of the condition
 * @param duration of the evolutions, in the unit of the system or in mean times of an event
 * @param observable its name
 * @param varianceLeft share of the variance of a patch increment that is left, over snapshots
 * @param kappa variance of patch increments over that of the whole (EX-03)
 * @param patches K
 * @param largestMean largest mean of a martingale of this duration, in standard errors
 */
public record VariateGain(
    String condition,
    double duration,
    String observable,
    double varianceLeft,
    double kappa,
    long patches,
    double largestMean) {
  /** Names of the columns of {@link #line}. */
  public static final String HEADER =
      "condition   duration observable       variance left   kappa     K   mean M / error";

  /** A line of a table. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-10s %9.3g %-16s %13.3f %7.2f %5d %16.1f",
        condition,
        duration,
        observable,
        varianceLeft,
        kappa,
        patches,
        largestMean);
  }
}
