package org.latticelift.sim.systems.spins;

import java.util.Optional;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Stretch.EventStretch;

/** Flips of a crowd, in pieces. */
final class MeanFieldRun extends EventStretch {
  private static final long PIECE = 1 << 18;

  private final MeanFieldSimulator simulator;
  private final MeanFieldSpins crowd;
  private final int outside;
  private final RandomStream stream;
  private Optional<MeanFieldDrift> drift = Optional.empty();

  /**
   * @param crowd changed
   * @param duration by flips or time; the flip that would pass the time is discarded
   */
  MeanFieldRun(
      MeanFieldSimulator simulator,
      MeanFieldSpins crowd,
      int outside,
      Duration duration,
      RandomStream stream) {
    super(duration, PIECE);
    this.simulator = simulator;
    this.crowd = crowd;
    this.outside = outside;
    this.stream = stream;
  }

  /** The same flips, of which somebody is told. */
  MeanFieldRun followedBy(Optional<MeanFieldDrift> follower) {
    drift = follower;
    return this;
  }

  MeanFieldRun resumed(byte[] saved) {
    restore(saved);
    return this;
  }

  @Override
  protected Piece piece(double stop, long events) {
    return drift.isPresent()
        ? followed(drift.get(), stop, events)
        : simulator.run(crowd, outside, time(), stop, events, stream);
  }

  private Piece followed(MeanFieldDrift follower, double stop, long events) {
    double now = time();
    for (long made = 0; made < events; made++) {
      double value = follower.value();
      Piece one = simulator.run(crowd, outside, now, stop, 1, stream);
      follower.stayed(value, one.time() - now);
      now = one.time();
      if (one.stopped()) {
        return new Piece(made, now, true);
      }
      follower.flipped(crowd.lastFlipped());
    }
    return new Piece(events, now, false);
  }

  @Override
  protected byte[] memory() {
    return new byte[0];
  }

  /**
   * The generator of Glauber dynamics applied to the magnetisation of some of the evolving spins
   * (EX-05), b = 2/n (down rate of the down spins - up rate of the up spins), and its integral over
   * an evolution. Costs two table reads per flip.
   */
  static final class MeanFieldDrift {
    private final MeanFieldRates rates;
    private final MeanFieldSpins crowd;
    private final int outside;
    private final boolean[] inside;
    private int ups;
    private int spins;
    private double integral;

    /**
     * @param observed part of the crowd whose magnetisation is meant
     */
    MeanFieldDrift(MeanFieldRates rates, MeanFieldSpins crowd, int outside, Window observed) {
      this.rates = rates;
      this.crowd = crowd;
      this.outside = outside;
      inside = new boolean[crowd.sites()];
      for (int index = 0; index < observed.sites(); index++) {
        int site = observed.site(crowd, index);
        inside[site] = true;
        spins++;
        ups += crowd.spin(site) > 0 ? 1 : 0;
      }
    }

    /** b of the state of the moment. */
    double value() {
      int all = outside + crowd.ups();
      return 2 * ((spins - ups) * rates.down(all) - ups * rates.up(all)) / spins;
    }

    /** A state of this b lasted for a while. */
    void stayed(double value, double time) {
      integral += value * time;
    }

    void flipped(int site) {
      if (inside[site]) {
        ups += crowd.spin(site);
      }
    }

    double[] integral() {
      return new double[] {integral};
    }
  }

  /**
   * Continuous-time Glauber dynamics of spins of which all others are coupled to all (CW-04): the
   * class of the next spin is drawn with the weight of its total rate, then a uniform member, and
   * the clock moves by -ln(u)/R (ME-84). Spins that stand still outside enter by the number of them
   * that is up (CW-12). However small the total rate is, waiting times have their law (the authors
   * stop at 1e-10, ME-86); a rate of 0 is an error.
   *
   * <p>Cost: two table reads, one logarithm, two random numbers and four changed list entries per
   * flip, at any number of spins.
   */
  record MeanFieldSimulator(MeanFieldRates rates) {
    /**
     * Evolves spins.
     *
     * @param crowd changed
     * @param stop time; the flip that would pass it is discarded
     * @param most flips after which to end
     */
    EventStretch.Piece run(
        MeanFieldSpins crowd,
        int outside,
        double from,
        double stop,
        long most,
        RandomStream stream) {
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

  /**
   * Flip rates w = 1/(1 + exp(dH/T)), dH = 2 s [(S - s)/n + h], as tables over the number of up
   * spins of the n coupled ones (CW-03). k_B = 1.
   */
  static final class MeanFieldRates {
    private final double[] up;
    private final double[] down;

    MeanFieldRates(int spins, double temperature, double field) {
      up = new double[spins + 1];
      down = new double[spins + 1];
      for (int ups = 0; ups <= spins; ups++) {
        double total = 2.0 * ups - spins;
        up[ups] = rate(2 * ((total - 1) / spins + field) / temperature);
        down[ups] = rate(-2 * ((total + 1) / spins + field) / temperature);
      }
    }

    private static double rate(double change) {
      return 1 / (1 + StrictMath.exp(change));
    }

    /** Rate of an up spin where this many are up. */
    double up(int ups) {
      return up[ups];
    }

    /** Rate of a down spin where this many are up. */
    double down(int ups) {
      return down[ups];
    }
  }

  /**
   * Spins on an L by L lattice, which serves to define patches only (CW-02), with the lists of up
   * and down sites: one permutation of the sites whose first part is up, so that a flip is one
   * exchange.
   */
  static final class MeanFieldSpins implements SquareSpins {
    private final int side;
    private final int[] order;
    private final int[] place;
    private int ups;

    /** Where the spin that flipped last is in the list. */
    private int border;

    private MeanFieldSpins(int side) {
      this.side = side;
      order = new int[side * side];
      place = new int[side * side];
    }

    /** Of +1 and -1, row by row; sites of a class are listed in ascending order. */
    static MeanFieldSpins of(byte[] spins) {
      MeanFieldSpins crowd = new MeanFieldSpins((int) Math.round(Math.sqrt(spins.length)));
      crowd.set(spins);
      return crowd;
    }

    /** Of a list of sites, of which the first are up. */
    static MeanFieldSpins of(int[] order, int ups) {
      MeanFieldSpins crowd = new MeanFieldSpins((int) Math.round(Math.sqrt(order.length)));
      for (int index = 0; index < order.length; index++) {
        crowd.put(order[index], index);
      }
      crowd.ups = ups;
      return crowd;
    }

    private void set(byte[] spins) {
      ups = 0;
      int end = spins.length;
      for (byte spin : spins) {
        end -= spin > 0 ? 0 : 1;
      }
      int down = end;
      for (int site = 0; site < spins.length; site++) {
        put(site, spins[site] > 0 ? ups++ : down++);
      }
    }

    private void put(int site, int index) {
      order[index] = site;
      place[site] = index;
    }

    @Override
    public int side() {
      return side;
    }

    @Override
    public int spin(int site) {
      return place[site] < ups ? 1 : -1;
    }

    @Override
    public byte[] spins() {
      byte[] spins = new byte[order.length];
      for (int site = 0; site < spins.length; site++) {
        spins[site] = (byte) spin(site);
      }
      return spins;
    }

    /** The sites, those up first. */
    int[] order() {
      return order.clone();
    }

    int sites() {
      return order.length;
    }

    int ups() {
      return ups;
    }

    double meanSpin() {
      return (2.0 * ups - order.length) / order.length;
    }

    /** Flips the k-th up spin. */
    void flipUp(int k) {
      border = --ups;
      exchange(k, border);
    }

    /** Flips the k-th down spin. */
    void flipDown(int k) {
      border = ups++;
      exchange(border + k, border);
    }

    private void exchange(int i, int j) {
      int atI = order[i];
      int atJ = order[j];
      put(atI, j);
      put(atJ, i);
    }

    /** The site of the last flip; meaningless before one. */
    int lastFlipped() {
      return order[border];
    }

    static MeanFieldSpins cut(MeanFieldSpins state, Window window) {
      byte[] spins = new byte[window.sites()];
      window.cut(state, spins);
      return of(spins);
    }

    void paste(Window window, MeanFieldSpins part) {
      for (int index = 0; index < part.sites(); index++) {
        int site = window.site(this, index);
        if (spin(site) != part.spin(index)) {
          flip(site);
        }
      }
    }

    private void flip(int site) {
      int index = place[site];
      if (index < ups) {
        flipUp(index);
      } else {
        flipDown(index - ups);
      }
    }
  }
}
