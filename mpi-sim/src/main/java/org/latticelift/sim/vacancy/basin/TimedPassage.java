package org.latticelift.sim.vacancy.basin;

import org.latticelift.sim.random.RandomStream;

/**
 * A piece of a passage that must not go beyond a stop time: it ends where the chain is left or,
 * before the stop, at a random time that has nothing to do with the passage. The caller goes on
 * from there with another piece; the pieces approach the stop by a factor of about two each, until
 * so few jumps are left that they are made one by one. So the state at the stop, the times in all
 * states and the counts up to then have exactly their joint law, without any matrix exponential.
 *
 * <p>The random time is exponential, given that it is before the stop. With an exponential time the
 * piece is a passage with an interruption of constant rate; a draw whose random time is not before
 * the stop is discarded. Whether it is does not depend on the passage, so discarding leaves its law
 * as it is; where the chain is left first, the rest of the random time is drawn to find out.
 */
public final class TimedPassage {
  private final PathFactorisation factorisation = new PathFactorisation();

  /** A workspace. */
  public TimedPassage() {}

  /**
   * Draws a piece; {@link #passage} then holds it.
   *
   * @param chain not modified
   * @param start where it starts
   * @param left time until the stop, positive, in the unit of time of the rates
   * @param interruptions mean number of interruptions in the time left, positive: 2 approaches the
   *     stop fastest, more discards fewer draws where leaving is expected long before the stop; any
   *     choice that does not depend on the future is right
   * @param stream the random numbers
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
   *
   * @return valid until the next draw
   */
  public PathFactorisation passage() {
    return factorisation;
  }
}
