package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/**
 * Both ways to draw sites against plain ones that recompute every rate from the spins and consume
 * the same random numbers: equal flips, and equal clocks up to the order of the sum of rates.
 */
class GlauberTwinTest {
  private static final double T = 2.1;
  private static final double H = 0.1;
  private static final int FLIPS = 3000;

  @Test
  void acceptanceMakesTheFlipsOfPlainTrials() {
    for (int side : new int[] {3, 8, 12}) {
      byte[] start = Spins.random(side, 0.7, Spins.stream(side));
      SpinLattice lattice = SpinLattice.of(start);
      GlauberRates rates = new GlauberRates(T, H);
      GlauberSimulator fast = GlauberSimulator.byAcceptance(lattice, rates);
      PlainGlauber plain = new PlainGlauber(start, T, H);
      RandomStream one = Spins.stream(7);
      RandomStream two = Spins.stream(7);
      double time = 0;
      for (int i = 0; i < FLIPS; i++) {
        fast.runEvents(1, one);
        time += two.fastExponential() / plain.totalRate();
        plain.turn(trial(plain, rates.largest(), side, two));
        assertThat(lattice.spins()).isEqualTo(plain.spins());
      }
      assertThat(fast.time()).isEqualTo(time, within(1e-12 * time));
      SpinLatticeTest.requireConsistent(lattice);
    }
  }

  /** Row, column and acceptance are the digits of one number to the bases side, side, rest. */
  private static int trial(PlainGlauber plain, double largest, int side, RandomStream stream) {
    BigInteger base = BigInteger.valueOf(side);
    BigInteger whole = BigInteger.ONE.shiftLeft(63);
    while (true) {
      var row = BigInteger.valueOf(stream.bits() >>> 1).multiply(base);
      var column = row.mod(whole).multiply(base);
      int site = row.divide(whole).intValue() * side + column.divide(whole).intValue();
      if (column.mod(whole).doubleValue() * 0x1p-63 < plain.rate(site) / largest) {
        return site;
      }
    }
  }

  @Test
  void classListsMakeTheFlipsOfPlainLists() {
    for (int side : new int[] {3, 8, 12}) {
      byte[] start = Spins.random(side, 0.7, Spins.stream(side));
      SpinLattice lattice = SpinLattice.of(start);
      GlauberSimulator fast = GlauberSimulator.byClassLists(lattice, new GlauberRates(T, H));
      PlainGlauber plain = new PlainGlauber(start, T, H);
      PlainLists lists = new PlainLists(plain);
      RandomStream one = Spins.stream(8);
      RandomStream two = Spins.stream(8);
      double time = 0;
      for (int i = 0; i < FLIPS; i++) {
        fast.runEvents(1, one);
        time += two.fastExponential() / plain.totalRate();
        lists.flip(side, two);
        assertThat(lattice.spins()).isEqualTo(plain.spins());
      }
      assertThat(fast.time()).isEqualTo(time, within(1e-12 * time));
      SpinLatticeTest.requireConsistent(lattice);
    }
  }

  /** Lists of sites of equal rate; the place of a site is found by search. */
  private static final class PlainLists {
    /** Spin and sum of the neighbours. */
    private static final double[][] ORDER = {
      {1, 4}, {-1, -4}, {1, 2}, {-1, -2}, {1, 0}, {-1, 0}, {1, -2}, {-1, 2}, {1, -4}, {-1, 4}
    };

    private final PlainGlauber plain;
    private final List<List<Integer>> lists = new ArrayList<>();

    PlainLists(PlainGlauber plain) {
      this.plain = plain;
      for (double[] ignored : ORDER) {
        lists.add(new ArrayList<>());
      }
      for (int site = 0; site < plain.spins().length; site++) {
        lists.get(index(site)).add(site);
      }
    }

    /** The list with the spin and the rate of the site. */
    private int index(int site) {
      int spin = plain.spins()[site];
      for (int i = 0; i < ORDER.length; i++) {
        double sum = ORDER[i][1];
        double rate = 1 / (1 + StrictMath.exp(2 * spin * (sum + H) / T));
        if (ORDER[i][0] == spin && Math.abs(rate - plain.rate(site)) < 1e-14) {
          return i;
        }
      }
      throw new AssertionError("no list for site " + site);
    }

    void flip(int side, RandomStream stream) {
      double target = stream.uniform() * plain.totalRate();
      int i = 0;
      double rate = 0;
      for (; i < ORDER.length; i++) {
        if (!lists.get(i).isEmpty()) {
          rate = plain.rate(lists.get(i).get(0));
          if (target < rate * lists.get(i).size()) {
            break;
          }
          target -= rate * lists.get(i).size();
        }
      }
      int site = lists.get(i).get((int) (target / rate));
      int row = site / side;
      int column = site % side;
      int[] moved = {
        site,
        row * side + (column + side - 1) % side,
        row * side + (column + 1) % side,
        (row + side - 1) % side * side + column,
        (row + 1) % side * side + column
      };
      int[] from = new int[moved.length];
      for (int m = 0; m < moved.length; m++) {
        from[m] = index(moved[m]);
      }
      plain.turn(site);
      for (int m = 0; m < moved.length; m++) {
        List<Integer> list = lists.get(from[m]);
        int place = list.indexOf(moved[m]);
        int last = list.remove(list.size() - 1);
        if (last != moved[m]) {
          list.set(place, last);
        }
        lists.get(index(moved[m])).add(moved[m]);
      }
    }
  }

  @Test
  void theChoiceOfTheDrawFollowsTheRates() {
    byte[] start = Spins.random(32, 0.5, Spins.stream(3));
    assertThat(end(start, 2.5, 50_000)).isEqualTo(end(start, 2.5, 50_000, true));
    byte[] ordered = new SpinLattice(32).spins();
    assertThat(end(ordered, 1.0, 50_000)).isEqualTo(end(ordered, 1.0, 50_000, false));
  }

  private static byte[] end(byte[] start, double temperature, int flips) {
    SpinLattice lattice = SpinLattice.of(start);
    new GlauberSimulator(lattice, new GlauberRates(temperature, 0))
        .runEvents(flips, Spins.stream(5));
    return lattice.spins();
  }

  private static byte[] end(byte[] start, double temperature, int flips, boolean acceptance) {
    SpinLattice lattice = SpinLattice.of(start);
    GlauberRates rates = new GlauberRates(temperature, 0);
    GlauberSimulator simulator =
        acceptance
            ? GlauberSimulator.byAcceptance(lattice, rates)
            : GlauberSimulator.byClassLists(lattice, rates);
    simulator.runEvents(flips, Spins.stream(5));
    return lattice.spins();
  }

  @Test
  void callsOfAnySizeMakeTheSameTrajectory() {
    byte[] start = Spins.random(16, 0.5, Spins.stream(4));
    GlauberRates rates = new GlauberRates(0.9, 0.05);
    SpinLattice whole = SpinLattice.of(start);
    SpinLattice pieces = SpinLattice.of(start);
    GlauberSimulator one = new GlauberSimulator(whole, rates);
    GlauberSimulator two = new GlauberSimulator(pieces, rates);
    RandomStream first = Spins.stream(6);
    RandomStream second = Spins.stream(6);
    int flips = 3 * GlauberSimulator.REVIEW + 100;
    one.runEvents(flips, first);
    for (int left = flips; left > 0; left -= 37) {
      two.runEvents(Math.min(37, left), second);
    }
    assertThat(pieces.spins()).isEqualTo(whole.spins());
    assertThat(two.time()).isEqualTo(one.time());
    assertThat(second.bits()).isEqualTo(first.bits());
    SpinLatticeTest.requireConsistent(whole);
  }
}
