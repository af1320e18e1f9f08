package org.latticelift.bench.speed;

import java.util.Locale;

/**
 * Measured speed of counting all first-shell pairs of a BCC lattice of three species, per second of
 * processor time of one thread. A site is one byte, so sites/s are bytes/s of the lattice.
 *
 * @param sites lattice sites
 * @param sitesPerSecond median of the slices
 * @param slowest slowest slice, sites/s
 * @param fastest fastest slice, sites/s
 * @param plainSitesPerSecond the plain twin, median
 */
public record OrderSpeed(
    long sites, double sitesPerSecond, double slowest, double fastest, double plainSitesPerSecond) {

  /** Heads the columns of {@link #line}. */
  public static final String HEADER =
      "    sites    sites/s   (slowest - fastest)     plain twin   share of memory bandwidth";

  /**
   * One line for people.
   *
   * @param bandwidth of memory, bytes/s
   * @return the speed in a table row
   */
  public String line(double bandwidth) {
    return String.format(
        Locale.ROOT,
        "%9d  %9.3g   (%.3g - %.3g) %14.3g %12.1f %%",
        sites,
        sitesPerSecond,
        slowest,
        fastest,
        plainSitesPerSecond,
        100 * sitesPerSecond / bandwidth);
  }
}
