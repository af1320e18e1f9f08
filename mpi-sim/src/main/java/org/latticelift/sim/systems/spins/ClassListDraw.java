package org.latticelift.sim.systems.spins;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;

/**
 * Draws the next site from lists, the n-fold way: the class with probability (sites times rate)/R,
 * then any site of its list. A list per class, and the place of every site in its list, so that a
 * site leaves in O(1) (the last one takes its place) and joins at the end.
 *
 * <p>Cost: independent of temperature; per flip ten products, one list entry read, and five sites
 * moved, each with two reads and four writes at random places. Lists and places take 8 bytes per
 * site beside the class: from side 512 on they leave the cache of one core, and cache misses bound
 * the speed. {@code IsingBenchmark} measures it.
 */
final class ClassListDraw implements SiteDraw {
  /** The ten classes, from all neighbours alike to all neighbours different. */
  private static final int[] ORDER = {12, 0, 11, 1, 10, 2, 9, 3, 8, 4};

  private static final double GROWTH = 1.5;

  private final SpinLattice lattice;
  private final GlauberRates rates;
  private final int[][] members = new int[SiteClass.CODES][];
  private final int[] place;
  private double time;
  private int lastSite;

  ClassListDraw(SpinLattice lattice, GlauberRates rates) {
    this(lattice, rates, IntStream.range(0, lattice.sites()).toArray());
  }

  /**
   * @param order all sites; those of a class stand in its list in this order
   */
  ClassListDraw(SpinLattice lattice, GlauberRates rates, int[] order) {
    this.lattice = lattice;
    this.rates = rates;
    byte[] code = lattice.codes();
    place = new int[code.length];
    for (int c = 0; c < members.length; c++) {
      members[c] = new int[capacity((int) lattice.counts()[c], code.length)];
    }
    int[] filled = new int[members.length];
    for (int site : order) {
      int c = code[site];
      place[site] = filled[c];
      members[c][filled[c]++] = site;
    }
  }

  /** All sites, list after list. */
  int[] order() {
    int[] order = new int[place.length];
    int at = 0;
    for (int c = 0; c < members.length; c++) {
      int length = (int) lattice.counts()[c];
      System.arraycopy(members[c], 0, order, at, length);
      at += length;
    }
    return order;
  }

  private static int capacity(int needed, int sites) {
    return Math.min(sites, (int) (GROWTH * needed) + SiteClass.CODES);
  }

  @Override
  public int run(int events, double from, double stop, RandomStream stream) {
    byte[] code = lattice.codes();
    long[] count = lattice.counts();
    double[] rate = rates.rates();
    int side = lattice.side();
    int last = side - 1;
    int wrap = side * last;
    double clock = from;
    int made = 0;
    int site = lastSite;
    for (; made < events; made++) {
      double total = GlauberRates.total(count, rate);
      if (!(total > 0)) {
        throw GlauberSimulator.stuck(total, rates);
      }
      double next = clock + stream.fastExponential() / total;
      if (next > stop) {
        clock = stop;
        break;
      }
      clock = next;
      site = site(count, rate, total, stream);
      int own = code[site];
      int step = SiteClass.step(own);
      int row = site / side;
      int column = site - row * side;
      move(site, own ^ SiteClass.UP, code, count);
      shift(column == 0 ? site + last : site - 1, step, code, count);
      shift(column == last ? site - last : site + 1, step, code, count);
      shift(row == 0 ? site + wrap : site - side, step, code, count);
      shift(row == last ? site - wrap : site + side, step, code, count);
    }
    time = clock;
    lastSite = site;
    return made;
  }

  private int site(long[] count, double[] rate, double total, RandomStream stream) {
    double target = stream.uniform() * total;
    int chosen = 0;
    double share = 0;
    for (int c : ORDER) {
      if (count[c] > 0) {
        chosen = c;
        share = count[c] * rate[c];
        if (target < share) {
          break;
        }
        target -= share;
      }
    }
    int k = (int) (Math.min(1, target / share) * count[chosen]);
    return members[chosen][Math.min(k, (int) count[chosen] - 1)];
  }

  private void shift(int site, int step, byte[] code, long[] count) {
    move(site, code[site] + step, code, count);
  }

  private void move(int site, int to, byte[] code, long[] count) {
    int from = code[site];
    int hole = place[site];
    int[] list = members[from];
    int filler = list[(int) --count[from]];
    list[hole] = filler;
    place[filler] = hole;
    int end = (int) count[to]++;
    int[] target = members[to];
    if (end == target.length) {
      target = Arrays.copyOf(target, capacity(end, code.length));
      members[to] = target;
    }
    target[end] = site;
    place[site] = end;
    code[site] = (byte) to;
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
