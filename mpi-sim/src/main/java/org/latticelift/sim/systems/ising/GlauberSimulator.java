package org.latticelift.sim.systems.ising;

import java.nio.ByteBuffer;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * Continuous-time Glauber dynamics without null events (ME-84): every event is a flip, the site is
 * drawn with probability w_i/R, and the clock moves by -ln(u)/R. How the site is drawn is left to
 * {@link SiteDraw}: by acceptance where rates are alike, by class lists where they are not.
 *
 * <p>The choice is made when the simulator is made, again every {@value #REVIEW} flips, and at once
 * where acceptance would no longer end, from the numbers of sites per class alone, so that it
 * depends on nothing but the trajectory. Waiting times are as long as the law says, up to 1e61 at
 * the lowest temperature of a configuration; where no site can flip at all, that is an error.
 */
public final class GlauberSimulator {
  /** Flips between two decisions how to draw sites. */
  static final int REVIEW = 1 << 14;

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
   * A simulator that chooses how to draw sites.
   *
   * @param lattice changed by flips; nobody else may change it meanwhile
   * @param rates flip rates
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

  /**
   * Goes on where another simulator was saved.
   *
   * @param lattice as it was then
   * @param rates of that simulator
   * @param saved from {@link #save}
   * @return a simulator whose next flips are those of the saved one
   */
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
   * AcceptanceDraw#MOST_TRIALS}).
   *
   * @param lattice changed by flips
   * @param rates flip rates
   * @return a new simulator
   */
  public static GlauberSimulator byAcceptance(SpinLattice lattice, GlauberRates rates) {
    return new GlauberSimulator(lattice, rates, new AcceptanceDraw(lattice, rates), false);
  }

  /**
   * A simulator that always draws from class lists.
   *
   * @param lattice changed by flips
   * @param rates flip rates
   * @return a new simulator
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
   * Makes flips; the clock moves by the sum of their waiting times (IS-04).
   *
   * @param events flips to make
   * @param stream randomness
   */
  public void runEvents(long events, RandomStream stream) {
    run(events, Double.POSITIVE_INFINITY, stream);
  }

  /**
   * Until a time or a number of flips, whichever comes first. The flip that would pass the time is
   * discarded and the clock set to it.
   *
   * @param stop time, not before the clock
   * @return the flips made
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
      observer.stayed(time - from);
      if (one > 0) {
        observer.flipped(draw.lastSite());
      }
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

  /**
   * Sum of the rates of all sites that may flip.
   *
   * @return flips per unit time
   */
  public double totalRate() {
    return GlauberRates.total(lattice.counts(), rates.rates());
  }

  /**
   * The lattice.
   *
   * @return as it is now
   */
  public SpinLattice lattice() {
    return lattice;
  }

  /**
   * How the next site will be drawn.
   *
   * @return true by acceptance, false from class lists
   */
  public boolean drawsByAcceptance() {
    return draw instanceof AcceptanceDraw;
  }

  /**
   * The clock.
   *
   * @return time since construction, or since it was set
   */
  public double time() {
    return time;
  }

  /** Sets the clock: short waits are lost in a long time. */
  void time(double value) {
    time = value;
  }

  /**
   * Flips since construction.
   *
   * @return their number
   */
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
}
