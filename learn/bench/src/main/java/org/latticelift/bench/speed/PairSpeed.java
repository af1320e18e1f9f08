package org.latticelift.bench.speed;

import java.util.Locale;

/**
 * Measured speed of making training pairs, per second of processor time of one thread.
 *
 * @param name what was measured
 * @param sites sites of the large system
 * @param pairsPerSecond median of the slices
 * @param slowest slowest slice, pairs/s
 * @param fastest fastest slice, pairs/s
 * @param eventsPerPair mean number of events of the partial evolution
 * @param upsampleMicros building the large state, without its relaxation, microseconds per pair
 * @param relaxMicros relaxation: building with it minus building without it
 * @param observeMicros observing the large state
 * @param evolveMicros partial evolution
 * @param writeMicros writing a shard, shared among its pairs; not part of the rate
 * @param allocatedBytes memory allocated per pair
 * @param checksum CRC-32 of the first pairs of the fixed seed: equal results have equal checksums
 */
public record PairSpeed(
    String name,
    long sites,
    double pairsPerSecond,
    double slowest,
    double fastest,
    double eventsPerPair,
    double upsampleMicros,
    double relaxMicros,
    double observeMicros,
    double evolveMicros,
    double writeMicros,
    double allocatedBytes,
    String checksum) {

  /** Heads the columns of {@link #line}. */
  public static final String HEADER =
      "case                       sites   pairs/s   (slowest - fastest)   us per pair: upsample  relax"
          + "  observe  evolve  write   kB/pair  checksum";

  /**
   * One line for people.
   *
   * @return the speed in a table row
   */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%-20s %11d %9.0f   (%.0f - %.0f)%21.1f %6.1f %8.1f %7.1f %6.2f %9.1f  %s",
        name,
        sites,
        pairsPerSecond,
        slowest,
        fastest,
        upsampleMicros,
        relaxMicros,
        observeMicros,
        evolveMicros,
        writeMicros,
        allocatedBytes / 1e3,
        checksum);
  }
}
