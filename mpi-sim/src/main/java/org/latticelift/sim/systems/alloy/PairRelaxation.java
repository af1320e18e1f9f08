package org.latticelift.sim.systems.alloy;

import java.util.OptionalDouble;

/**
 * How long the pair orders of equimolar NbMoTa take to relax from random atoms, as runs with the
 * shipped network {@code small} have shown: the slowest of them, one vacancy in 1024 sites. What
 * moves atoms is the number of jumps per site, whatever the number of vacancies.
 */
final class PairRelaxation {
  /** What the numbers are. */
  static final String BASIS = "random NbMoTa with the shipped network small";

  private static final double SITES = 1024;
  private static final double[] TEMPERATURE = {1000, 1400, 2000, 3000};
  private static final double[] JUMPS = {83_000, 18_000, 5_500, 3_000};

  private PairRelaxation() {}

  /**
   * Jumps per vacancy; below 1000 K those at 1000 K, which are too few there.
   *
   * @param temperature K
   * @param vacanciesPerSite above 0
   * @return empty above 3000 K
   */
  static OptionalDouble jumps(double temperature, double vacanciesPerSite) {
    int last = TEMPERATURE.length - 1;
    if (temperature > TEMPERATURE[last]) {
      return OptionalDouble.empty();
    }
    int right = 1;
    while (right < last && TEMPERATURE[right] < temperature) {
      right++;
    }
    double from = 1 / TEMPERATURE[right - 1];
    double share = (1 / temperature - from) / (1 / TEMPERATURE[right] - from);
    double logarithm =
        StrictMath.log(JUMPS[right - 1])
            + Math.max(0, share) * StrictMath.log(JUMPS[right] / JUMPS[right - 1]);
    return OptionalDouble.of(StrictMath.exp(logarithm) / (SITES * vacanciesPerSite));
  }
}
