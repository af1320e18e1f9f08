package org.latticelift.sim.systems.curieweiss;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.EventStretch;

/**
 * Continuous-time Glauber dynamics of spins of which all others are coupled to all (CW-04): the
 * class of the next spin is drawn with the weight of its total rate, then a uniform member, and the
 * clock moves by -ln(u)/R (ME-84). Spins that stand still outside enter by the number of them that
 * is up (CW-12). However small the total rate is, waiting times have their law (the authors stop at
 * 1e-10, ME-86); a rate of 0 is an error.
 *
 * <p>Cost: two table reads, one logarithm, two random numbers and four changed list entries per
 * flip, at any number of spins.
 */
record MeanFieldSimulator(MeanFieldRates rates) {
  /**
   * Evolves spins.
   *
   * @param crowd changed
   * @param outside up spins among the coupled ones that stand still
   * @param from the clock
   * @param stop time; the flip that would pass it is discarded
   * @param most flips after which to end
   * @param stream randomness
   */
  EventStretch.Piece run(
      MeanFieldSpins crowd, int outside, double from, double stop, long most, RandomStream stream) {
    double time = from;
    long flips = 0;
    for (; flips < most; flips++) {
      int all = outside + crowd.ups();
      double up = crowd.ups() * rates.up(all);
      double total = up + (crowd.sites() - crowd.ups()) * rates.down(all);
      if (!(total > 0)) {
        throw stuck(total);
      }
      double next = time + stream.fastExponential() / total;
      if (next > stop) {
        return new EventStretch.Piece(flips, stop, true);
      }
      time = next;
      if (stream.uniform() * total < up) {
        crowd.flipUp(stream.below(crowd.ups()));
      } else {
        crowd.flipDown(stream.below(crowd.sites() - crowd.ups()));
      }
    }
    return new EventStretch.Piece(flips, time, false);
  }

  private static LatticeLiftException stuck(double total) {
    return LatticeLiftException.numerical(
        "total flip rate " + total,
        "Curie-Weiss model",
        "a rate above 0",
        "Raise the temperature or lower the field");
  }
}
