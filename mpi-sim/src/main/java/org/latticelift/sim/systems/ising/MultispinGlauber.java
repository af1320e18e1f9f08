package org.latticelift.sim.systems.ising;

import java.util.Arrays;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.vacancy.basin.PoissonLaw;

/**
 * Glauber dynamics of 64 regions of equal shape at a time, one in each bit of a word (multi-spin
 * coding). Every site that may flip is visited with rate 1 and flips with probability w (ME-84),
 * which is the law of {@link GlauberSimulator}. All regions visit the same sites in the same order,
 * but each decides with bits of its own, and each has a number of visits of its own, so they have
 * nothing in common but where they look.
 *
 * <p>Cost: a visit of all 64 takes some 8 words of random bits, as comparing a random number with w
 * ends at the first bit that differs, half of the regions at each bit; with some 20 operations for
 * each of them and 30 more it is about 25 ns, half a nanosecond for each region. {@link
 * AcceptanceDraw} takes some 10 ns for each. The plain twin is {@code PlainGlauber}.
 */
final class MultispinGlauber {
  /** Regions that evolve at a time. */
  static final int LANES = Long.SIZE;

  /** Bits of a probability; the smallest one at which this is used is 1e-7. */
  private static final int BITS = 62;

  /** How many neighbours are like the site itself: 0 to 4. */
  private static final int ALIKE = SiteClass.NEIGHBOURS + 1;

  /** Visits between two looks at whether to stop. */
  private static final int PIECE = 1 << 20;

  private final int[] mobile;
  private final int[] neighbours;

  /** By bit, then by spin and number of neighbours like it: all ones where w has the bit. */
  private final long[] bit = new long[BITS * 2 * ALIKE];

  private final long[] visits = new long[LANES];

  /**
   * @param mobile sites that may flip
   * @param neighbours four of every site
   */
  MultispinGlauber(int[] mobile, int[] neighbours, GlauberRates rates) {
    this.mobile = mobile;
    this.neighbours = neighbours;
    for (int up = 0; up < 2; up++) {
      for (int alike = 0; alike < ALIKE; alike++) {
        int upNeighbours = up == 1 ? alike : SiteClass.NEIGHBOURS - alike;
        double rate = rates.rates()[up * SiteClass.UP + upNeighbours];
        long probability = Math.min((long) (rate * (1L << BITS)), (1L << BITS) - 1);
        for (int k = 0; k < BITS; k++) {
          bit[(k * 2 + up) * ALIKE + alike] = -(probability >>> (BITS - 1 - k) & 1);
        }
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
      long spin = spins[site];
      int at = SiteClass.NEIGHBOURS * site;
      long a = ~(spin ^ spins[neighbours[at]]);
      long b = ~(spin ^ spins[neighbours[at + 1]]);
      long c = ~(spin ^ spins[neighbours[at + 2]]);
      long d = ~(spin ^ spins[neighbours[at + 3]]);
      // the number of neighbours that are alike, in binary: ones, twos, and all four
      long ab = a ^ b;
      long cd = c ^ d;
      long ones = ab ^ cd;
      long all = a & b & c & d;
      long twos = (a & b) ^ (c & d) ^ (ab & cd);
      long alike3 = twos & ones;
      long alike2 = twos & ~ones;
      long alike1 = ~twos & ones;
      long alike0 = ~(twos | ones | all);
      long flip = 0;
      long open = active;
      for (int k = 0; open != 0 && k < bit.length; k += 2 * ALIKE) {
        long down =
            alike0 & bit[k]
                | alike1 & bit[k + 1]
                | alike2 & bit[k + 2]
                | alike3 & bit[k + 3]
                | all & bit[k + 4];
        long up =
            alike0 & bit[k + 5]
                | alike1 & bit[k + 6]
                | alike2 & bit[k + 7]
                | alike3 & bit[k + 8]
                | all & bit[k + 9];
        long probability = spin & up | ~spin & down;
        long random = stream.bits();
        flip |= open & probability & ~random;
        open &= ~(probability ^ random);
      }
      spins[site] = spin ^ flip;
      flips += Long.bitCount(flip);
    }
    return flips;
  }
}
