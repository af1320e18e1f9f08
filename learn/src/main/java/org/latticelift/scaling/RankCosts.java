package org.latticelift.scaling;

/**
 * A model of the LogGP kind for one cycle of the sublattice method, of measured costs: events of a
 * rank one after the other, eight exchanges of messages, and waiting for the rank with the most
 * events in each of the eight colours. Whatever it says of ranks that were not measured is a
 * prediction.
 *
 * @param eventSeconds one event
 * @param exchangeSeconds one exchange of almost empty messages with all neighbours
 * @param secondsPerByte beyond that
 * @param reduceSeconds one reduction between two ranks
 */
public record RankCosts(
    double eventSeconds, double exchangeSeconds, double secondsPerByte, double reduceSeconds) {
  private static final int COLOURS = 8;

  /**
   * One cycle.
   *
   * @param ranks number of ranks
   * @param eventsPerRank mean number of events of a rank in a cycle
   * @param bytesPerRank bytes that a rank sends in a cycle
   * @return s
   */
  public double cycle(long ranks, double eventsPerRank, double bytesPerRank) {
    double colour = eventsPerRank / COLOURS;
    double most = colour + Math.sqrt(colour) * extreme(ranks);
    double talk = ranks == 1 ? 0 : COLOURS * exchangeSeconds + bytesPerRank * secondsPerByte;
    double reduce = ranks == 1 ? 0 : reduceSeconds * Math.log(ranks) / Math.log(2);
    return COLOURS * most * eventSeconds + talk + reduce;
  }

  /** By how many standard deviations the largest of some normal numbers exceeds their mean. */
  static double extreme(long count) {
    if (count < 2) {
      return 0;
    }
    double a = Math.sqrt(2 * Math.log(count));
    // Cramer's asymptotic mean of the maximum; 0.56 for two, for which the square root of it fails.
    double asymptotic =
        a - (Math.log(Math.log(count)) + Math.log(4 * Math.PI)) / (2 * a) + 0.5772 / a;
    return Math.max(1 / Math.sqrt(Math.PI), asymptotic);
  }

  /**
   * Efficiency of ranks that share a lattice.
   *
   * @param ranks number of ranks
   * @param events of the whole lattice in a cycle
   * @param bytesOfHalf bytes that a rank sends in a cycle where two share the lattice
   * @return time on one rank over ranks times the time on them
   */
  public double strong(long ranks, double events, double bytesOfHalf) {
    double one = cycle(1, events, 0);
    return one / (ranks * cycle(ranks, events / ranks, surface(ranks, bytesOfHalf)));
  }

  /**
   * Efficiency of ranks that have a lattice of equal size each.
   *
   * @param ranks number of ranks
   * @param eventsPerRank events of a rank in a cycle
   * @param bytes that one rank sends in a cycle to all its neighbours
   * @return time on one rank over the time on many
   */
  public double weak(long ranks, double eventsPerRank, double bytes) {
    return cycle(1, eventsPerRank, 0) / cycle(ranks, eventsPerRank, ranks == 1 ? 0 : bytes);
  }

  /** Bytes of a rank: a surface, which falls as the two thirds of its volume. */
  private static double surface(long ranks, double bytesOfHalf) {
    return bytesOfHalf * Math.pow(2.0 / ranks, 2.0 / 3);
  }
}
