package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.basin.PoissonLaw;

/**
 * Glauber dynamics of 64 regions of equal shape at a time, one in each bit of a word (multi-spin
 * coding). Every site that may flip is visited with rate 1 and flips with probability w = 1/(1 +
 * exp(dH/T)) (ME-84), which is the law of {@link GlauberSimulator}. A spin that is up stays so with
 * the probability with which one that is down flips, so a visit makes the spin anew: up with a
 * probability that depends on its neighbours alone (heat bath). All regions visit the same sites in
 * the same order, but each decides with bits of its own, and each has a number of visits of its
 * own, so they have nothing in common but where they look.
 *
 * <p>Cost: a visit of all 64 takes some 8 words of random bits, as comparing a random number with a
 * probability ends at the first bit that differs, half of the regions at each bit; with some 20
 * operations for each of them and 30 more it is some 40 ns, less than a nanosecond for each region.
 * {@link AcceptanceDraw} takes some 10 ns for each. The plain twin is {@code PlainGlauber}.
 */
final class MultispinGlauber {
  /** Regions that evolve at a time. */
  static final int LANES = Long.SIZE;

  /** Bits of a probability; the smallest one at which this is used is 1e-7. */
  private static final int BITS = 62;

  /** How many neighbours may be up: 0 to 4. */
  private static final int COUNTS = SiteClass.NEIGHBOURS + 1;

  /** Visits between two looks at whether to stop. */
  private static final int PIECE = 1 << 20;

  private final int[] mobile;
  private final int[] neighbours;

  /** By bit, then by number of neighbours up: all ones where the probability of up has the bit. */
  private final long[] bit = new long[BITS * COUNTS];

  private final long[] visits = new long[LANES];

  /**
   * @param mobile sites that may flip
   * @param neighbours four of every site
   */
  MultispinGlauber(int[] mobile, int[] neighbours, GlauberRates rates) {
    this.mobile = mobile;
    this.neighbours = neighbours;
    for (int count = 0; count < COUNTS; count++) {
      double up = rates.rates()[count]; // of a spin that is down
      long probability = Math.min((long) (up * (1L << BITS)), (1L << BITS) - 1);
      for (int k = 0; k < BITS; k++) {
        bit[k * COUNTS + count] = -(probability >>> (BITS - 1 - k) & 1);
      }
    }
  }

  /**
   * Evolves regions.
   *
   * @param spins of every site, in every region up where its bit is set
   * @param regions those that evolve, the others stay as they are
   * @param time how long, in units of the inverse of the largest rate
   * @return flips of all regions together
   */
  long run(long[] spins, long regions, double time, RandomStream stream, StopSignal stop) {
    for (int lane = 0; lane < LANES; lane++) {
      visits[lane] = PoissonLaw.draw(mobile.length * time, stream) << 6 | lane;
    }
    Arrays.sort(visits);
    long active = regions;
    long done = 0;
    long flips = 0;
    for (long end : visits) {
      while (done < end >>> 6) {
        int count = (int) Math.min(PIECE, (end >>> 6) - done);
        flips += visit(spins, active, count, stream);
        done += count;
        stop.check();
      }
      active &= ~(1L << (end & 63));
    }
    return flips;
  }

  private long visit(long[] spins, long active, int count, RandomStream stream) {
    long flips = 0;
    for (int i = 0; i < count; i++) {
      int site = mobile[(int) ((stream.bits() >>> 32) * mobile.length >>> 32)];
      int at = SiteClass.NEIGHBOURS * site;
      long a = spins[neighbours[at]];
      long b = spins[neighbours[at + 1]];
      long c = spins[neighbours[at + 2]];
      long d = spins[neighbours[at + 3]];
      // the number of neighbours up, in binary: ones, twos, and all four
      long ab = a ^ b;
      long cd = c ^ d;
      long ones = ab ^ cd;
      long four = a & b & c & d;
      long twos = (a & b) ^ (c & d) ^ (ab & cd);
      long three = twos & ones;
      long two = twos & ~ones;
      long one = ~twos & ones;
      long none = ~(twos | ones | four);
      long up = 0;
      long open = active;
      for (int k = 0; open != 0 && k < bit.length; k += COUNTS) {
        long probability =
            none & bit[k]
                | one & bit[k + 1]
                | two & bit[k + 2]
                | three & bit[k + 3]
                | four & bit[k + 4];
        long random = stream.bits();
        up |= open & probability & ~random;
        open &= ~(probability ^ random);
      }
      long before = spins[site];
      spins[site] = before & ~active | up;
      flips += Long.bitCount(before ^ spins[site]);
    }
    return flips;
  }
}
