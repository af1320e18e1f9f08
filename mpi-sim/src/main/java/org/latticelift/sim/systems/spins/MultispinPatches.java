package org.latticelift.sim.systems.spins;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Patches.SimultaneousEvolutions;
import org.latticelift.sim.systems.spins.GlauberSimulator.AcceptanceDraw;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates.SiteClass;
import org.latticelift.sim.systems.spins.SpinLattice.WallCount;
import org.latticelift.sim.vacancy.basin.BinomialLaw.PoissonLaw;

/**
 * Patches of large states that evolve 64 at a time, each with its buffer within a ring of frozen
 * sites, or with all of the lattice where that is not larger. What of the geometry is the same for
 * all patches is found once. Serves one thread.
 *
 * <p>All visit the same sites, so evolutions of one patch would have a fifth of their noise in
 * common after a time of 2 (a hundredth after 32). Each is turned and mirrored in another way, of
 * which there are eight, and so is at another place.
 */
final class MultispinPatches {
  private static final int SYMMETRIES = 8;
  private static final int ROWS = 1;
  private static final int COLUMNS = 2;
  private static final int TRANSPOSED = 4;

  private final int lattice;
  private final int patch;
  private final int margin;
  private final int side;
  private final MultispinGlauber glauber;
  private final StopSignal stop;

  /**
   * Where a site of the cut is by each symmetry, which leaves the patch as a whole in its place.
   */
  private final int[][] place = new int[SYMMETRIES][];

  /** Of the patch, in the cut. */
  private final int[] inside;

  /** The two ends of every bond within the patch. */
  private final int[] innerBonds;

  /** The two ends of its other bonds, by symmetry. */
  private final int[][] outerBonds = new int[SYMMETRIES][];

  private final long[] spins;
  private final LaneCounter up = new LaneCounter();
  private final LaneCounter innerWalls = new LaneCounter();
  private final LaneCounter[] outerWalls = new LaneCounter[SYMMETRIES];

  MultispinPatches(
      SpinLattice state,
      int patch,
      int buffer,
      WallCount count,
      GlauberRates rates,
      StopSignal stop) {
    this.lattice = state.side();
    this.patch = patch;
    this.stop = stop;
    boolean whole = patch + 2 * (buffer + 1) > lattice;
    margin = whole ? 0 : buffer + 1;
    side = whole ? lattice : patch + 2 * margin;
    int ring = whole ? 0 : 1;
    int[] mobile = IntStream.range(0, side * side).filter(site -> within(site, ring)).toArray();
    glauber = new MultispinGlauber(mobile, new SpinLattice(side).neighbours(), rates);
    spins = new long[side * side];
    Arrays.setAll(place, this::places);
    Arrays.setAll(outerWalls, k -> new LaneCounter());
    Window first = Window.tile(state, patch, 0);
    Window cut = cut(first);
    inside =
        IntStream.range(0, first.sites())
            .map(index -> cut.index(state, first.site(state, index)))
            .toArray();
    List<Integer> inner = new ArrayList<>();
    List<Integer> outer = new ArrayList<>();
    count.bonds(
        state,
        first,
        (site, other) ->
            (first.index(state, other) < 0 ? outer : inner)
                .addAll(List.of(cut.index(state, site), cut.index(state, other))));
    innerBonds = inner.stream().mapToInt(Integer::intValue).toArray();
    Arrays.setAll(outerBonds, k -> outer.stream().mapToInt(site -> place[k][site]).toArray());
  }

  private boolean within(int site, int ring) {
    int row = site / side;
    int column = site % side;
    return Math.min(row, column) >= ring && Math.max(row, column) < side - ring;
  }

  private int[] places(int symmetry) {
    int[] places = new int[side * side];
    for (int site = 0; site < places.length; site++) {
      int row = mirrored(site / side, symmetry & ROWS);
      int column = mirrored(site % side, symmetry & COLUMNS);
      places[site] = (symmetry & TRANSPOSED) == 0 ? row * side + column : column * side + row;
    }
    return places;
  }

  private int mirrored(int at, int wanted) {
    return wanted == 0 ? at : Math.floorMod(2 * margin + patch - 1 - at, side);
  }

  /** Begins at the patch where it is the whole lattice, so that all patches are alike. */
  private Window cut(Window window) {
    return new Window(window.row() - margin, window.column() - margin, side);
  }

  /** Whether it was made for lattices of this size. */
  boolean fits(SpinLattice state) {
    return state.side() == lattice;
  }

  /** Evolves patches from a state, each as often ({@code streams}: of the k-th 64 evolutions). */
  SimultaneousEvolutions evolve(
      SpinLattice state,
      long[] chosen,
      int evolutions,
      double time,
      IntFunction<RandomStream> streams) {
    Start[] starts = new Start[chosen.length];
    Arrays.setAll(starts, k -> start(state, Window.tile(state, patch, chosen[k])));
    double[][][] increments = new double[evolutions][chosen.length][];
    int all = Math.multiplyExact(chosen.length, evolutions);
    long flips = 0;
    for (int from = 0; from < all; from += MultispinGlauber.LANES) {
      Batch batch = new Batch(starts, from, Math.min(MultispinGlauber.LANES, all - from));
      batch.fill();
      RandomStream stream = streams.apply(from / MultispinGlauber.LANES);
      flips += glauber.run(spins, -1L >>> MultispinGlauber.LANES - batch.lanes, time, stream, stop);
      batch.count();
      for (int lane = 0; lane < batch.lanes; lane++) {
        increments[batch.evolution(lane)][batch.patch(lane)] = batch.change(lane);
      }
    }
    return new SimultaneousEvolutions(increments, flips);
  }

  /**
   * What a patch begins with.
   *
   * @param spins of the cut
   * @param up spins of the patch that are up
   * @param walls among its bonds
   */
  private record Start(byte[] spins, long up, long walls) {}

  private Start start(SpinLattice state, Window window) {
    byte[] begin = new byte[side * side];
    cut(window).cut(state, begin);
    long ups = 0;
    for (int site : inside) {
      ups += begin[site] > 0 ? 1 : 0;
    }
    return new Start(begin, ups, walls(begin, innerBonds) + walls(begin, outerBonds[0]));
  }

  private static long walls(byte[] spins, int[] bonds) {
    long walls = 0;
    for (int bond = 0; bond < bonds.length; bond += 2) {
      walls += spins[bonds[bond]] == spins[bonds[bond + 1]] ? 0 : 1;
    }
    return walls;
  }

  /** Evolutions that are made at a time: those of all patches once, then once more, and so on. */
  private final class Batch {
    private final Start[] starts;
    private final int from;
    private final int lanes;

    Batch(Start[] starts, int from, int lanes) {
      this.starts = starts;
      this.from = from;
      this.lanes = lanes;
    }

    int evolution(int lane) {
      return (from + lane) / starts.length;
    }

    int patch(int lane) {
      return (from + lane) % starts.length;
    }

    int symmetry(int lane) {
      return (evolution(lane) - evolution(0)) % SYMMETRIES;
    }

    private int symmetries() {
      return Math.min(SYMMETRIES, evolution(lanes - 1) - evolution(0) + 1);
    }

    /** Lanes that are not used have spins, too, which are all down and stay so. */
    void fill() {
      Arrays.fill(spins, 0);
      for (int symmetry = 0; symmetry < symmetries(); symmetry++) {
        for (int k = 0; k < starts.length; k++) {
          fill(starts[k].spins(), place[symmetry], lanes(k, symmetry), spins);
        }
      }
    }

    private long lanes(int k, int symmetry) {
      long found = 0;
      for (int lane = 0; lane < lanes; lane++) {
        found |= patch(lane) == k && symmetry(lane) == symmetry ? 1L << lane : 0;
      }
      return found;
    }

    private void fill(byte[] begin, int[] to, long wanted, long[] into) {
      for (int site = 0; wanted != 0 && site < begin.length; site++) {
        into[to[site]] |= begin[site] > 0 ? wanted : 0;
      }
    }

    void count() {
      up.clear();
      for (int site : inside) {
        up.add(spins[site]);
      }
      countWalls(innerBonds, innerWalls);
      for (int symmetry = 0; symmetry < symmetries(); symmetry++) {
        countWalls(outerBonds[symmetry], outerWalls[symmetry]);
      }
    }

    /** Of magnetisation and walls of a patch, per site and per bond. */
    double[] change(int lane) {
      Start start = starts[patch(lane)];
      long walls = innerWalls.count(lane) + outerWalls[symmetry(lane)].count(lane);
      double sites = inside.length;
      return new double[] {
        2 * (up.count(lane) - start.up()) / sites, (walls - start.walls()) / (2 * sites)
      };
    }
  }

  private void countWalls(int[] bonds, LaneCounter walls) {
    walls.clear();
    for (int bond = 0; bond < bonds.length; bond += 2) {
      walls.add(spins[bonds[bond]] ^ spins[bonds[bond + 1]]);
    }
  }

  /**
   * Counts the set bits of words, each of the 64 places by itself: the numbers are kept in binary,
   * one digit of all of them in a word.
   */
  static final class LaneCounter {
    private final long[] digits = new long[Long.SIZE - 1];

    /** Digits that may not be 0. */
    private int used;

    /** Adds 1 to the number of every place that is set. */
    void add(long places) {
      long carry = places;
      int i = 0;
      for (; carry != 0; i++) {
        long next = digits[i] & carry;
        digits[i] ^= carry;
        carry = next;
      }
      used = Math.max(used, i);
    }

    long count(int place) {
      long count = 0;
      for (int i = 0; i < used; i++) {
        count |= (digits[i] >>> place & 1) << i;
      }
      return count;
    }

    void clear() {
      Arrays.fill(digits, 0, used, 0);
      used = 0;
    }
  }

  /**
   * Glauber dynamics of 64 regions of equal shape at a time, one in each bit of a word (multi-spin
   * coding). Every site that may flip is visited with rate 1 and flips with probability w = 1/(1 +
   * exp(dH/T)) (ME-84), which is the law of {@link GlauberSimulator}. A spin that is up stays so
   * with the probability with which one that is down flips, so a visit makes the spin anew: up with
   * a probability that depends on its neighbours alone (heat bath). All regions visit the same
   * sites in the same order, but each decides with bits of its own, and each has a number of visits
   * of its own, so they have nothing in common but where they look.
   *
   * <p>Cost: a visit of all 64 takes some 8 words of random bits, as comparing a random number with
   * a probability ends at the first bit that differs, half of the regions at each bit; with some 20
   * operations for each of them and 30 more it is some 40 ns, less than a nanosecond for each
   * region. {@link AcceptanceDraw} takes some 10 ns for each. The plain twin is {@code
   * PlainGlauber}.
   */
  static final class MultispinGlauber {
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

    /**
     * By bit, then by number of neighbours up: all ones where the probability of up has the bit.
     */
    private final long[] bit = new long[BITS * COUNTS];

    private final long[] visits = new long[LANES];

    /**
     * @param mobile sites that may flip
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
}
