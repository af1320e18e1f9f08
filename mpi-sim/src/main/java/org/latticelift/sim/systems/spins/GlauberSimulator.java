package org.latticelift.sim.systems.spins;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;

/**
 * Continuous-time Glauber dynamics without null events (ME-84): every event is a flip, the site is
 * drawn with probability w_i/R, and the clock moves by -ln(u)/R. How the site is drawn is left to
 * {@link GlauberSimulator.SiteDraw}: by acceptance where rates are alike, by class lists where they
 * are not.
 *
 * <p>The choice is made when the simulator is made, again every {@value #REVIEW} flips, and at once
 * where acceptance would no longer end, from the numbers of sites per class alone, so that it
 * depends on nothing but the trajectory. Waiting times are as long as the law says, up to 1e61 at
 * the lowest temperature of a configuration; where no site can flip at all, that is an error.
 */
public final class GlauberSimulator {
  /** Flips between two decisions how to draw sites. */
  static final int REVIEW = 1 << 14;

  /** No site: nothing has flipped. */
  static final int NONE = -1;

  /** Trials per flip from which class lists are the faster way, at any size of the lattice. */
  private static final double MOST_TRIALS = 24;

  /** Class lists are given up when acceptance would take less than this fraction of that. */
  private static final double HYSTERESIS = 0.7;

  private final SpinLattice lattice;
  private final GlauberRates rates;
  private final boolean chooses;
  private SiteDraw draw;
  private double time;
  private long flips;

  /**
   * A simulator that chooses how to draw sites ({@code lattice}: changed by flips; nobody else may
   * change it meanwhile; {@code rates}: flip rates).
   */
  public GlauberSimulator(SpinLattice lattice, GlauberRates rates) {
    this.lattice = lattice;
    this.rates = rates;
    chooses = true;
    draw =
        trials() > MOST_TRIALS
            ? new ClassListDraw(lattice, rates)
            : new AcceptanceDraw(lattice, rates);
  }

  private GlauberSimulator(
      SpinLattice lattice, GlauberRates rates, SiteDraw first, boolean chooses) {
    this.lattice = lattice;
    this.rates = rates;
    this.chooses = chooses;
    draw = first;
  }

  /** Goes on where another simulator was saved ({@code saved}: from {@link #save}). */
  static GlauberSimulator resumed(SpinLattice lattice, GlauberRates rates, byte[] saved) {
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    double time = bytes.getDouble();
    long flips = bytes.getLong();
    int[] order = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(order);
    SiteDraw draw =
        order.length == 0
            ? new AcceptanceDraw(lattice, rates)
            : new ClassListDraw(lattice, rates, order);
    GlauberSimulator simulator = new GlauberSimulator(lattice, rates, draw, true);
    simulator.time = time;
    simulator.flips = flips;
    return simulator;
  }

  /** What decides the next flips beside lattice and stream, for {@link #resumed}. */
  byte[] save() {
    int[] order = draw instanceof ClassListDraw lists ? lists.order() : new int[0];
    ByteBuffer bytes =
        ByteBuffer.allocate(Double.BYTES + Long.BYTES + Integer.BYTES * order.length);
    bytes.putDouble(time).putLong(flips).asIntBuffer().put(order);
    return bytes.array();
  }

  /**
   * A simulator that draws by acceptance, except where that would not end ({@link
   * AcceptanceDraw#MOST_TRIALS}) ({@code lattice}: changed by flips; {@code rates}: flip rates); a
   * new simulator.
   */
  public static GlauberSimulator byAcceptance(SpinLattice lattice, GlauberRates rates) {
    return new GlauberSimulator(lattice, rates, new AcceptanceDraw(lattice, rates), false);
  }

  /**
   * A simulator that always draws from class lists ({@code lattice}: changed by flips; {@code
   * rates}: flip rates); a new simulator.
   */
  public static GlauberSimulator byClassLists(SpinLattice lattice, GlauberRates rates) {
    return new GlauberSimulator(lattice, rates, new ClassListDraw(lattice, rates), false);
  }

  /** Mean number of trials by which acceptance would find the next site. */
  private double trials() {
    return lattice.sites() * rates.largest() / totalRate();
  }

  private void review() {
    double trials = trials();
    if (drawsByAcceptance() && trials > MOST_TRIALS) {
      draw = new ClassListDraw(lattice, rates);
    } else if (!drawsByAcceptance() && trials < HYSTERESIS * MOST_TRIALS) {
      draw = new AcceptanceDraw(lattice, rates);
    }
  }

  /**
   * Makes flips; the clock moves by the sum of their waiting times (IS-04). {@code events}: flips
   * to make. {@code stream}: randomness.
   */
  public void runEvents(long events, RandomStream stream) {
    run(events, Double.POSITIVE_INFINITY, stream);
  }

  /**
   * Until a time or a number of flips, whichever comes first. The flip that would pass the time is
   * discarded and the clock set to it ({@code stop}: time, not before the clock).
   */
  long runUntil(double stop, long events, RandomStream stream) {
    long before = flips;
    run(events, stop, stream);
    return flips - before;
  }

  /** As {@link #runUntil(double, long, RandomStream)}, and tells of every flip and every wait. */
  long runUntil(double stop, long events, RandomStream stream, FlipObserver observer) {
    long made = 0;
    while (made < events && time < stop) {
      double from = time;
      long one = runUntil(stop, 1, stream);
      observer.after(time - from, one > 0 ? draw.lastSite() : NONE);
      made += one;
    }
    return made;
  }

  private void run(long events, double stop, RandomStream stream) {
    long left = events;
    while (left > 0 && time < stop) {
      int most = (int) Math.min(left, REVIEW - flips % REVIEW);
      int made = draw.run(most, time, stop, stream);
      time = draw.time();
      flips += made;
      left -= made;
      if (made < most && time < stop) {
        draw = new ClassListDraw(lattice, rates);
      } else if (chooses && flips % REVIEW == 0 && made > 0) {
        review();
      }
    }
  }

  /** Sum of the rates of all sites that may flip; flips per unit time. */
  public double totalRate() {
    return GlauberRates.total(lattice.counts(), rates.rates());
  }

  /** The lattice, as it is now. */
  public SpinLattice lattice() {
    return lattice;
  }

  /** How the next site will be drawn; true by acceptance, false from class lists. */
  public boolean drawsByAcceptance() {
    return draw instanceof AcceptanceDraw;
  }

  /** The clock; time since construction, or since it was set. */
  public double time() {
    return time;
  }

  /** Sets the clock: short waits are lost in a long time. */
  void time(double value) {
    time = value;
  }

  /** Flips since construction; their number. */
  public long flips() {
    return flips;
  }

  /** The error for a lattice in which nothing can happen (ME-86). */
  static LatticeLiftException stuck(double total, GlauberRates rates) {
    return LatticeLiftException.numerical(
        "total flip rate " + total,
        "Ising model at T = " + rates.temperature() + ", h = " + rates.field(),
        "a rate above 0",
        "Raise the temperature or lower the field");
  }

  /**
   * Draws the next site by acceptance: a uniformly chosen site is taken with probability w_i over
   * the largest rate, and again until one is taken, which gives site i with probability w_i/R. The
   * clock knows R from the class counts, so refused sites are no events and cost no time of the
   * process.
   *
   * <p>One random number of 64 bits makes a trial: its product with the side is the row, the rest
   * times the side the column, and what is left is compared with the acceptance, with a resolution
   * of side^2 / 2^63.
   *
   * <p>A draw could last for ever: in a cold lattice the largest rate that is left may be 1e-17 of
   * the largest possible one, and thresholds may be 0. So before every flip the mean number of its
   * trials is compared with {@value #MOST_TRIALS}; beyond it no flip is made and no number drawn.
   * Up to it the number of trials of a draw is geometric and exceeds 64 times the bound once in
   * e^64 draws.
   *
   * <p>Cost: n w_max/R trials of about 15 operations and one byte read at a random place (6 at T =
   * 2.5, h = 0.1; 9 at T = 2.27), one logarithm, and five bytes and ten counts changed. There are
   * no lists and no positions, so a lattice of 1024^2 sites fits in 1 MiB of cache, and the trials
   * of a flip do not wait for each other. {@code IsingBenchmark} measures it; the plain twin is
   * {@code PlainGlauber}.
   */
  static final class AcceptanceDraw implements SiteDraw {
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
        move(count, own, own ^ SiteClass.UP);
        move(count, atLeft, atLeft + step);
        move(count, atRight, atRight + step);
        move(count, atAbove, atAbove + step);
        move(count, atBelow, atBelow + step);
      }
      time = clock;
      lastSite = site;
      return made;
    }

    private static void move(long[] count, int from, int to) {
      count[from]--;
      count[to]++;
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

  /** Follows an evolution in continuous time flip by flip. */
  @FunctionalInterface
  interface FlipObserver {
    /**
     * The spins stayed as they are for a while, up to a flip, or to the stop ({@code stayed}: not
     * negative; {@code site}: that has flipped, or {@link #NONE}).
     */
    void after(double stayed, int site);
  }

  /**
   * Draws the next site from lists, the n-fold way: the class with probability (sites times
   * rate)/R, then any site of its list. A list per class, and the place of every site in its list,
   * so that a site leaves in O(1) (the last one takes its place) and joins at the end.
   *
   * <p>Cost: independent of temperature; per flip ten products, one list entry read, and five sites
   * moved, each with two reads and four writes at random places. Lists and places take 8 bytes per
   * site beside the class: from side 512 on they leave the cache of one core, and cache misses
   * bound the speed. {@code IsingBenchmark} measures it.
   */
  static final class ClassListDraw implements SiteDraw {
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

  /** One way to find the site that flips next; all obey the same law w_i/R. */
  interface SiteDraw {
    /**
     * Makes flips. Fewer than asked for, with the clock before the stop, means that this way cannot
     * go on from here; what comes next in the stream is then still unused.
     *
     * @param events flips at most
     * @param stop time that no flip may pass; the clock is set to it when one would
     * @param stream randomness: per flip one waiting time, then the site
     */
    int run(int events, double from, double stop, RandomStream stream);

    /** The clock after the last call of {@link #run}. */
    double time();

    /** The site of the last flip of the last call of {@link #run} that made one. */
    int lastSite();
  }
}
