package org.latticelift.bench.study.scaling;

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
  private static final double EULER = 0.5772156649;

  /** The mean of the largest of 2 normal numbers is 0.564, of 4 it is 1.029, of 6 it is 1.267. */
  private static final int FEW = 6;

  private static final double LARGEST_OF_TWO = 0.564;
  private static final double MORE_FOR_EACH = 0.21;

  /** One cycle. */
  public double cycle(long ranks, double eventsPerRank, double bytesPerRank) {
    double colour = eventsPerRank / COLOURS;
    double most = colour + Math.sqrt(colour) * extreme(ranks);
    double talk = ranks == 1 ? 0 : COLOURS * exchangeSeconds + bytesPerRank * secondsPerByte;
    double reduce = ranks == 1 ? 0 : reduceSeconds * Math.log(ranks) / Math.log(2);
    return COLOURS * most * eventSeconds + talk + reduce;
  }

  /** By how many standard deviations the largest of some normal numbers exceeds their mean. */
  static double extreme(long count) {
    if (count < FEW) {
      return count < 2 ? 0 : LARGEST_OF_TWO + (count - 2) * MORE_FOR_EACH;
    }
    // Cramer's asymptotic mean of the maximum.
    double a = Math.sqrt(2 * Math.log(count));
    return a - (Math.log(Math.log(count)) + Math.log(4 * Math.PI) - 2 * EULER) / (2 * a);
  }

  /**
   * Efficiency of ranks that share a lattice ({@code bytesOfHalf}: bytes that a rank sends in a
   * cycle where two share the lattice).
   */
  public double strong(long ranks, double events, double bytesOfHalf) {
    double one = cycle(1, events, 0);
    return one / (ranks * cycle(ranks, events / ranks, surface(ranks, bytesOfHalf)));
  }

  /**
   * Efficiency of ranks that have a lattice of equal size each ({@code bytes}: that one rank sends
   * in a cycle to all its neighbours).
   */
  public double weak(long ranks, double eventsPerRank, double bytes) {
    return cycle(1, eventsPerRank, 0) / cycle(ranks, eventsPerRank, ranks == 1 ? 0 : bytes);
  }

  /** Bytes of a rank: a surface, which falls as the two thirds of its volume. */
  private static double surface(long ranks, double bytesOfHalf) {
    return bytesOfHalf * Math.pow(2.0 / ranks, 2.0 / 3);
  }
}
