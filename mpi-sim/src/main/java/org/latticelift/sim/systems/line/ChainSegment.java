package org.latticelift.sim.systems.line;

/**
 * Consecutive sites of a line.
 *
 * @param from first one
 * @param to one past the last
 */
public record ChainSegment(int from, int to) {
  /** All sites of a line, from its first to its last. */
  public static ChainSegment whole(int sites) {
    return new ChainSegment(0, sites);
  }

  /** One patch of many (PP-18) ({@code patch}: number of the patch); its sites. */
  public static ChainSegment patch(int sites, long patch) {
    int from = Math.toIntExact(patch * sites);
    return new ChainSegment(from, from + sites);
  }

  /**
   * With a margin on both sides, as far as there are sites ({@code margin}: in sites; {@code
   * sites}: of the line); the larger part.
   */
  public ChainSegment widened(int margin, int sites) {
    return new ChainSegment(Math.max(0, from - margin), Math.min(sites, to + margin));
  }

  /** Number of sites, at least one. */
  public int length() {
    return to - from;
  }

  /**
   * The mean of a field over these sites ({@code field}: one value per site of the line); summed
   * from the first to the last.
   */
  public double mean(double[] field) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += field[i];
    }
    return sum / length();
  }

  /**
   * Whether a field is a number at all of these sites; what once is none stays so ({@code field}:
   * one value per site of the line); false for an infinity or what is no number.
   */
  public boolean finite(double[] field) {
    for (int i = from; i < to; i++) {
      if (!Double.isFinite(field[i])) {
        return false;
      }
    }
    return true;
  }
}
