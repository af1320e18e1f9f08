package org.latticelift.sim.systems.ising;

import org.latticelift.sim.random.RandomStream;

/**
 * Draws the next site by acceptance: a uniformly chosen site is taken with probability w_i over the
 * largest rate, and again until one is taken, which gives site i with probability w_i/R. The clock
 * knows R from the class counts, so refused sites are no events and cost no time of the process.
 *
 * <p>One random number of 64 bits makes a trial: its product with the side is the row, the rest
 * times the side the column, and what is left is compared with the acceptance, with a resolution of
 * side^2 / 2^63.
 *
 * <p>A draw could last for ever: in a cold lattice the largest rate that is left may be 1e-17 of
 * the largest possible one, and thresholds may be 0. So before every flip the mean number of its
 * trials is compared with {@value #MOST_TRIALS}; beyond it no flip is made and no number drawn. Up
 * to it the number of trials of a draw is geometric and exceeds 64 times the bound once in e^64
 * draws.
 *
 * <p>Cost: n w_max/R trials of about 15 operations and one byte read at a random place (6 at T =
 * 2.5, h = 0.1; 9 at T = 2.27), one logarithm, and five bytes and ten counts changed. There are no
 * lists and no positions, so a lattice of 1024^2 sites fits in 1 MiB of cache, and the trials of a
 * flip do not wait for each other. {@code IsingBenchmark} measures it; the plain twin is {@code
 * PlainGlauber}.
 */
final class AcceptanceDraw implements SiteDraw {
  /**
   * Mean trials per flip beyond which acceptance gives up; far beyond where it is the faster way.
   */
  static final int MOST_TRIALS = 4096;

  private final SpinLattice lattice;
  private final GlauberRates rates;
  private final double leastTotal;
  private double time;
  private int lastSite;

  AcceptanceDraw(SpinLattice lattice, GlauberRates rates) {
    this.lattice = lattice;
    this.rates = rates;
    leastTotal = lattice.sites() * rates.largest() / MOST_TRIALS;
  }

  @Override
  public int run(int events, double from, double stop, RandomStream stream) {
    byte[] code = lattice.codes();
    long[] count = lattice.counts();
    double[] rate = rates.rates();
    long[] threshold = rates.thresholds();
    int side = lattice.side();
    int last = side - 1;
    int wrap = side * last;
    long twice = 2L * side;
    double clock = from;
    int made = 0;
    int site = lastSite;
    for (; made < events; made++) {
      double total = GlauberRates.total(count, rate);
      if (!(total >= leastTotal)) {
        break;
      }
      double next = clock + stream.fastExponential() / total;
      if (next > stop) {
        clock = stop;
        break;
      }
      clock = next;
      int row;
      int column;
      int own;
      long rest;
      do {
        rest = stream.bits() >>> 1;
        row = (int) Math.multiplyHigh(rest, twice);
        rest = rest * twice >>> 1;
        column = (int) Math.multiplyHigh(rest, twice);
        rest = rest * twice >>> 1;
        site = row * side + column;
        own = code[site];
      } while (rest >= threshold[own]);
      int step = SiteClass.step(own);
      int left = column == 0 ? site + last : site - 1;
      int right = column == last ? site - last : site + 1;
      int above = row == 0 ? site + wrap : site - side;
      int below = row == last ? site - wrap : site + side;
      int atLeft = code[left];
      int atRight = code[right];
      int atAbove = code[above];
      int atBelow = code[below];
      code[site] = (byte) (own ^ SiteClass.UP);
      code[left] = (byte) (atLeft + step);
      code[right] = (byte) (atRight + step);
      code[above] = (byte) (atAbove + step);
      code[below] = (byte) (atBelow + step);
      count[own]--;
      count[own ^ SiteClass.UP]++;
      count[atLeft]--;
      count[atLeft + step]++;
      count[atRight]--;
      count[atRight + step]++;
      count[atAbove]--;
      count[atAbove + step]++;
      count[atBelow]--;
      count[atBelow + step]++;
    }
    time = clock;
    lastSite = site;
    return made;
  }

  @Override
  public double time() {
    return time;
  }

  @Override
  public int lastSite() {
    return lastSite;
  }
}
