package org.latticelift.sim.vacancy.basin;

import java.util.Arrays;
import org.latticelift.sim.random.RandomStream;

/**
 * The passage up to a stop time given that the chain is not left before: state, times and counts
 * with their joint law under this condition. Passages are made in pieces ({@link
 * StoppedPassage.TimedPassage}), the last few jumps one by one; one that leaves is discarded and
 * begun anew. Where the condition is known because a passage drawn before lasted longer, the
 * expected number of passages to draw is one per such passage, whatever the stop time.
 */
public final class StoppedPassage {
  private static final double FEW_JUMPS = 8;
  private static final double INTERRUPTIONS = 2;

  private final TimedPassage piece = new TimedPassage();
  private final double[] time = new double[AbsorbingChain.MOST];
  private final long[] departures = new long[AbsorbingChain.MOST];
  private long jumps;
  private int at;
  private double elapsed;

  /** A workspace. */
  public StoppedPassage() {}

  /**
   * Draws a passage.
   *
   * @param chain not modified
   * @param start where it starts
   * @param stopTime 0 or more, in the unit of time of the rates
   */
  public void draw(AbsorbingChain chain, int start, double stopTime, RandomStream stream) {
    do {
      Arrays.fill(time, 0);
      Arrays.fill(departures, 0);
      jumps = 0;
      at = start;
      elapsed = 0;
    } while (!lasts(chain, stopTime, stream));
  }

  private boolean lasts(AbsorbingChain chain, double stopTime, RandomStream stream) {
    while (elapsed < stopTime) {
      double left = stopTime - elapsed;
      double total = total(chain, at);
      boolean inside =
          left * total > FEW_JUMPS
              ? pieceInside(chain, left, stream)
              : jumpInside(chain, stopTime, total, stream);
      if (!inside) {
        return false;
      }
    }
    return true;
  }

  private static double total(AbsorbingChain chain, int i) {
    double sum = chain.leaving[i];
    for (long js = chain.neighbours[i]; js != 0; js &= js - 1) {
      sum += chain.rate[i * AbsorbingChain.MOST + Long.numberOfTrailingZeros(js)];
    }
    return sum;
  }

  private boolean pieceInside(AbsorbingChain chain, double left, RandomStream stream) {
    piece.draw(chain, at, left, INTERRUPTIONS, stream);
    PathFactorisation passage = piece.passage();
    if (!passage.interrupted()) {
      return false;
    }
    at = passage.end();
    for (long rest = passage.visited(); rest != 0; rest &= rest - 1) {
      int i = Long.numberOfTrailingZeros(rest);
      time[i] += passage.time(i);
      departures[i] += passage.arrivals(i) - (i == at ? 1 : 0);
    }
    jumps += passage.jumps();
    elapsed += passage.duration();
    return true;
  }

  private boolean jumpInside(
      AbsorbingChain chain, double stopTime, double total, RandomStream stream) {
    double next = elapsed + stream.exponential() / total;
    if (next >= stopTime) {
      time[at] += stopTime - elapsed;
      elapsed = stopTime;
      return true;
    }
    time[at] += next - elapsed;
    elapsed = next;
    departures[at]++;
    jumps++;
    double target = stream.uniform() * total;
    for (long js = chain.neighbours[at]; js != 0; js &= js - 1) {
      int j = Long.numberOfTrailingZeros(js);
      target -= chain.rate[at * AbsorbingChain.MOST + j];
      if (target <= 0) {
        at = j;
        return true;
      }
    }
    return false;
  }

  /** The state at the stop. */
  public int end() {
    return at;
  }

  /** Time in a state; 0 if it was not visited. */
  public double time(int i) {
    return time[i];
  }

  /** Jumps made from a state; 0 or more. */
  public long departures(int i) {
    return departures[i];
  }

  /** Jumps made. */
  public long jumps() {
    return jumps;
  }

  /**
   * A piece of a passage that must not go beyond a stop time: it ends where the chain is left or,
   * before the stop, at a random time that has nothing to do with the passage. The caller goes on
   * from there with another piece; the pieces approach the stop by a factor of about two each,
   * until so few jumps are left that they are made one by one. So the state at the stop, the times
   * in all states and the counts up to then have exactly their joint law, without any matrix
   * exponential.
   *
   * <p>The random time is exponential, given that it is before the stop. With an exponential time
   * the piece is a passage with an interruption of constant rate; a draw whose random time is not
   * before the stop is discarded. Whether it is does not depend on the passage, so discarding
   * leaves its law as it is; where the chain is left first, the rest of the random time is drawn to
   * find out.
   */
  public static final class TimedPassage {
    private final PathFactorisation factorisation = new PathFactorisation();

    /** A workspace. */
    public TimedPassage() {}

    /**
     * Draws a piece; {@link #passage} then holds it.
     *
     * @param chain not modified
     * @param start where it starts
     * @param left time until the stop, positive, in the unit of time of the rates
     * @param interruptions mean number of interruptions in the time left, positive: 2 approaches
     *     the stop fastest, more discards fewer draws where leaving is expected long before the
     *     stop; any choice that does not depend on the future is right
     */
    public void draw(
        AbsorbingChain chain, int start, double left, double interruptions, RandomStream stream) {
      double rate = interruptions / left;
      factorisation.factorise(chain, start, rate);
      do {
        factorisation.draw(stream);
      } while (!endsBefore(left, rate, stream));
    }

    private boolean endsBefore(double left, double rate, RandomStream stream) {
      double time = factorisation.duration();
      if (!factorisation.interrupted() && time < left) {
        time += stream.exponential() / rate;
      }
      return time < left;
    }

    /**
     * The piece drawn last; {@link PathFactorisation#interrupted} says that the chain was not left.
     */
    public PathFactorisation passage() {
      return factorisation;
    }
  }
}
