package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.systems.spins.IsingDynamics.HeatBathSweeps;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/** Sweeps of a lattice in which hardly anything flips. Tolerances are five standard deviations. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ColdSweepsTest {
  private static final int SIDE = 6;
  private static final double T = 0.4;

  /** Two walls across the lattice: sites along them flip with 5e-5, others with 2e-9. */
  private static byte[] stripe() {
    byte[] spins = new byte[SIDE * SIDE];
    for (int site = 0; site < spins.length; site++) {
      spins[site] = (byte) (site / SIDE % SIDE < 3 ? 1 : -1);
    }
    return spins;
  }

  /** Sweeps until the first flip is through, and the state after it, as trials one by one make. */
  @Test
  void rareFlipsHaveTheLawOfTrialsOneByOne() {
    int runs = 2500;
    BlockAverage fast = new BlockAverage(5);
    BlockAverage plain = new BlockAverage(5);
    GlauberRates rates = new GlauberRates(T, 0);
    RandomStream stream = Spins.stream(1);
    for (int run = 0; run < runs; run++) {
      SpinLattice lattice = SpinLattice.of(stripe());
      Progression made = made(lattice, rates, Duration.events(1), stream);
      SpinLatticeTest.requireConsistent(lattice);
      fast.add(numbers(made.time(), made.events(), lattice.spins()));
      plain.add(trialsOneByOne(stream));
    }
    String[] names = {"sweeps", "square of sweeps", "flips", "walls", "place"};
    for (int i = 0; i < names.length; i++) {
      fast.require(names[i], i, plain.mean(i), plain.error(i));
    }
  }

  private static Progression made(
      SpinLattice lattice, GlauberRates rates, Duration duration, RandomStream stream) {
    return new HeatBathSweeps(lattice, rates, duration, stream).finish(StopSignal.none());
  }

  private static double[] numbers(double sweeps, double flips, byte[] spins) {
    double place = 0;
    byte[] before = stripe();
    for (int site = 0; site < spins.length; site++) {
      place += spins[site] == before[site] ? 0 : site;
    }
    return new double[] {sweeps, sweeps * sweeps, flips, Spins.walls(spins), place};
  }

  /** Rates are computed anew where something flipped. */
  private static double[] trialsOneByOne(RandomStream stream) {
    PlainGlauber plain = new PlainGlauber(stripe(), T, 0);
    double[] rates = rates(plain);
    long sweeps = 0;
    long flips = 0;
    while (flips == 0) {
      for (int site = 0; site < rates.length; site++) {
        if (stream.uniform() < rates[site]) {
          plain.turn(site);
          rates = rates(plain);
          flips++;
        }
      }
      sweeps++;
    }
    return numbers(sweeps, flips, plain.spins());
  }

  private static double[] rates(PlainGlauber plain) {
    double[] rates = new double[SIDE * SIDE];
    for (int site = 0; site < rates.length; site++) {
      rates[site] = plain.rate(site);
    }
    return rates;
  }

  /** The number of sweeps is geometric, also where it is 1e17 or 1e60. */
  @Test
  void waitsAsLongAsTheLawSays() {
    for (double field : new double[] {0, -10}) {
      double rate = 1 / (1 + Math.exp(2 * (4 + Math.abs(field)) / 0.2));
      GlauberRates rates = new GlauberRates(0.2, field);
      RandomStream stream = Spins.stream(2);
      BlockAverage average = new BlockAverage(2);
      for (int run = 0; run < 2000; run++) {
        SpinLattice lattice = new SpinLattice(SIDE);
        Progression made = made(lattice, rates, Duration.events(1), stream);
        assertThat(made.events()).isPositive();
        double unit = made.time() * rate * lattice.sites();
        average.add(unit, unit * unit);
      }
      average.require("sweeps", 0, 1, 0);
      average.require("square", 1, 2, 0);
    }
  }

  @Test
  void frozenStatesStandStill() {
    GlauberRates rates = new GlauberRates(0.2, 0);
    SpinLattice lattice = new SpinLattice(64);
    RandomStream stream = Spins.stream(3);
    for (double time : new double[] {0.25, 1, 1e6, 1e9}) {
      Progression made = made(lattice, rates, Duration.time(time), stream);
      assertThat(made.events()).isZero();
      assertThat(made.time()).isEqualTo(Math.max(1, time));
    }
    assertThat(lattice.walls()).isZero();
  }

  /** Half of the runs of a time see their flip before it. */
  @Test
  void runsByTimeEndWithTheirTime() {
    double rate = 1 / (1 + Math.exp(8 / 0.3));
    double half = Math.rint(Math.log(2) / (rate * SIDE * SIDE));
    GlauberRates rates = new GlauberRates(0.3, 0);
    RandomStream stream = Spins.stream(4);
    int runs = 2000;
    int flipped = 0;
    for (int run = 0; run < runs; run++) {
      Progression made = made(new SpinLattice(SIDE), rates, Duration.time(half), stream);
      assertThat(made.time()).isEqualTo(half);
      flipped += made.events() > 0 ? 1 : 0;
    }
    assertThat(flipped / (double) runs).isEqualTo(0.5, within(2.5 / Math.sqrt(runs)));
  }
}
