package org.latticelift.bench.speed;

import java.util.Locale;

/**
 * Measured speed of one case. All rates are per second of processor time of the measuring thread.
 *
 * @param model name of the barrier model
 * @param temperatureK K
 * @param annealingJumps jumps made from a random alloy before measuring, see {@link KmcBenchmark}
 * @param sites lattice sites
 * @param vacancies active vacancies, one per 1024 sites (AL-02)
 * @param cached whether an environment cache was used
 * @param jumpsPerSecond median of the slices
 * @param slowest slowest slice, jumps/s
 * @param fastest fastest slice, jumps/s
 * @param hitRate share of environments found in the cache while measuring, 0 without a cache
 * @param barriersPerJump rates evaluated or looked up per jump, in vacancies; NaN without a cache
 */
public record KmcSpeed(
    String model,
    double temperatureK,
    long annealingJumps,
    long sites,
    int vacancies,
    boolean cached,
    double jumpsPerSecond,
    double slowest,
    double fastest,
    double hitRate,
    double barriersPerJump) {

  /** Heads the columns of {@link #line}. */
  public static final String HEADER =
      "model          sites     K cache     jumps/s   (slowest - fastest)   hit rate";

  /**
   * One line for people.
   *
   * @return the speed in a table row
   */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-10s %9d %5.0f  %-5s %10.0f   (%.0f - %.0f)%s",
        model,
        sites,
        temperatureK,
        cached ? "on" : "off",
        jumpsPerSecond,
        slowest,
        fastest,
        cached ? String.format(Locale.ROOT, "   %.3f", hitRate) : "");
  }
}
