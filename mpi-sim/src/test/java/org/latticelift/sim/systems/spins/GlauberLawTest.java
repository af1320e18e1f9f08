package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/** The law of the simulators. Tolerances are five standard deviations at the fixed seeds. */
class GlauberLawTest {
  @Test
  void ratesObeyDetailedBalance() {
    double t = 1.7;
    double h = 0.3;
    GlauberRates rates = new GlauberRates(t, h);
    byte[] spins = Spins.random(6, 0.5, Spins.stream(1));
    SpinLattice lattice = SpinLattice.of(spins);
    for (int site = 0; site < spins.length; site++) {
      double before = energy(lattice, h);
      double forth = rates.rates()[lattice.codes()[site]];
      lattice.flip(site);
      double back = rates.rates()[lattice.codes()[site]];
      double change = energy(lattice, h) - before;
      assertThat(forth / back).isEqualTo(Math.exp(-change / t), within(1e-12 * forth / back));
      assertThat(forth + back).isEqualTo(1, within(1e-15));
    }
  }

  private static double energy(SpinLattice lattice, double h) {
    return -2.0 * lattice.sites() + 2 * lattice.walls() - h * lattice.magnetisation();
  }

  @Test
  void averagesOverTimeAreThoseOfTheEnumeration() {
    for (double[] at : new double[][] {{2.5, 0.1}, {2.0, 0}, {3.5, -0.4}}) {
      ExactIsing exact = new ExactIsing(at[0], at[1]);
      enumerated(exact, at, GlauberSimulator::byAcceptance);
      enumerated(exact, at, GlauberSimulator::byClassLists);
    }
  }

  private static void enumerated(
      ExactIsing exact,
      double[] at,
      BiFunction<SpinLattice, GlauberRates, GlauberSimulator> maker) {
    SpinLattice lattice = new SpinLattice(ExactIsing.SIDE);
    GlauberSimulator simulator = maker.apply(lattice, new GlauberRates(at[0], at[1]));
    RandomStream stream = Spins.stream(11);
    simulator.runEvents(1000, stream);
    int levels = exact.upSpins.length;
    BlockAverage average = new BlockAverage(5 + levels);
    for (int block = 0; block < 60; block++) {
      double[] sum = new double[5 + levels];
      double begin = simulator.time();
      for (int flip = 0; flip < 3000; flip++) {
        double m = lattice.meanSpin();
        double rho = lattice.wallDensity();
        int up = (int) (lattice.sites() + lattice.magnetisation()) / 2;
        double before = simulator.time();
        simulator.runEvents(1, stream);
        double wait = simulator.time() - before;
        sum[0] += m * wait;
        sum[1] += m * m * wait;
        sum[2] += rho * wait;
        sum[3] += rho * rho * wait;
        sum[4] += 1.0 / lattice.sites();
        sum[5 + up] += wait;
      }
      double length = simulator.time() - begin;
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= length;
      }
      average.add(sum);
    }
    average.require("m", 0, exact.meanSpin, 0);
    average.require("m^2", 1, exact.squareSpin, 0);
    average.require("rho", 2, exact.walls, 0);
    average.require("rho^2", 3, exact.squareWalls, 0);
    average.require("flips per site and time", 4, exact.rate, 0);
    for (int up = 0; up < levels; up++) {
      average.require(up + " up", 5 + up, exact.upSpins[up], 1e-6);
    }
    assertThat(average.error(0)).isLessThan(0.06);
  }

  @Test
  void plainSimulatorHasTheSameLaw() {
    ExactIsing exact = new ExactIsing(2.5, 0.1);
    PlainGlauber plain = new PlainGlauber(new SpinLattice(ExactIsing.SIDE).spins(), 2.5, 0.1);
    RandomStream stream = Spins.stream(12);
    BlockAverage average = new BlockAverage(2);
    for (int block = 0; block < 50; block++) {
      double[] sum = new double[2];
      double begin = plain.time();
      for (int flip = 0; flip < 1000; flip++) {
        byte[] spins = plain.spins();
        double before = plain.time();
        plain.flip(stream);
        sum[0] += Spins.sum(spins) / (double) spins.length * (plain.time() - before);
        sum[1] += Spins.walls(spins) / (2.0 * spins.length) * (plain.time() - before);
      }
      double length = plain.time() - begin;
      average.add(sum[0] / length, sum[1] / length);
    }
    average.require("m", 0, exact.meanSpin, 0);
    average.require("rho", 1, exact.walls, 0);
  }

  /** IS-80 with error bars: m 0.7248(8), rho 0.1560(3), chi 1.43(5), 0.1604(5) flips. */
  @Test
  void equilibriumOfSide64() {
    equilibrium(64, 40, 60);
  }

  @Tag("law")
  @Test
  void equilibriumOfSide64Precisely() {
    equilibrium(64, 100, 1000);
  }

  /** chi = (n/T) (mean of m^2 minus square of the mean of m), over all blocks together. */
  private static void equilibrium(int side, int blocks, int records) {
    SpinLattice lattice = SpinLattice.of(Spins.random(side, 0.86, Spins.stream(13)));
    GlauberSimulator simulator = new GlauberSimulator(lattice, new GlauberRates(2.5, 0.1));
    RandomStream stream = Spins.stream(14);
    simulator.runUntil(500, Long.MAX_VALUE, stream);
    double reference = 0.7248;
    BlockAverage average = new BlockAverage(4);
    for (int block = 0; block < blocks; block++) {
      double[] sum = new double[3];
      long flips = simulator.flips();
      double begin = simulator.time();
      for (int i = 0; i < records; i++) {
        simulator.runUntil(simulator.time() + 3, Long.MAX_VALUE, stream);
        double m = lattice.meanSpin();
        sum[0] += m / records;
        sum[1] += lattice.wallDensity() / records;
        sum[2] += (m - reference) * (m - reference) / records;
      }
      double rate = (simulator.flips() - flips) / (simulator.time() - begin) / lattice.sites();
      average.add(sum[0], sum[1], sum[2] * lattice.sites() / 2.5, rate);
    }
    average.require("m", 0, reference, 0.0008);
    average.require("rho", 1, 0.1560, 0.0003);
    double shift = average.mean(0) - reference;
    average.require("chi", 2, 1.43 + shift * shift * lattice.sites() / 2.5, 0.05);
    average.require("flips per site and time", 3, 0.1604, 0.0005);
    assertThat(average.error(0)).isLessThan(0.004);
    SpinLatticeTest.requireConsistent(lattice);
  }

  /** At infinite temperature all rates are 1/2 and flips in a time are Poisson numbers. */
  @Test
  void runningUntilATimeDiscardsTheFlipThatPassesIt() {
    for (boolean acceptance : new boolean[] {true, false}) {
      SpinLattice lattice = new SpinLattice(4);
      GlauberRates rates = new GlauberRates(1e12, 0);
      GlauberSimulator simulator =
          acceptance
              ? GlauberSimulator.byAcceptance(lattice, rates)
              : GlauberSimulator.byClassLists(lattice, rates);
      RandomStream stream = Spins.stream(15);
      int runs = 20_000;
      double step = 0.25;
      double mean = step * lattice.sites() / 2;
      double sum = 0;
      double squares = 0;
      for (int i = 1; i <= runs; i++) {
        long flips = simulator.runUntil(i * step, Long.MAX_VALUE, stream);
        assertThat(simulator.time()).isEqualTo(i * step);
        sum += flips;
        squares += (flips - mean) * (flips - mean);
      }
      assertThat(sum / runs).isEqualTo(mean, within(5 * Math.sqrt(mean / runs)));
      double scatter = Math.sqrt((mean + 2 * mean * mean) / runs);
      assertThat(squares / runs).isEqualTo(mean, within(5 * scatter));
    }
  }

  @Test
  void frozenSitesNeverFlip() {
    for (boolean acceptance : new boolean[] {true, false}) {
      SpinLattice lattice = SpinLattice.of(Spins.random(8, 0.5, Spins.stream(16)));
      byte[] before = lattice.spins();
      for (int site = 0; site < 32; site++) {
        lattice.freeze(site);
      }
      GlauberRates rates = new GlauberRates(2.5, 0);
      GlauberSimulator simulator =
          acceptance
              ? GlauberSimulator.byAcceptance(lattice, rates)
              : GlauberSimulator.byClassLists(lattice, rates);
      simulator.runEvents(5000, Spins.stream(17));
      assertThat(java.util.Arrays.copyOf(lattice.spins(), 32))
          .isEqualTo(java.util.Arrays.copyOf(before, 32));
      SpinLatticeTest.requireConsistent(lattice);
    }
  }

  @Test
  void saysWhenNothingCanFlip() {
    SpinLattice lattice = new SpinLattice(4);
    assertFails(
        () ->
            new GlauberSimulator(lattice, new GlauberRates(1e-3, -1)).runEvents(1, Spins.stream(1)),
        "total flip rate 0");
    assertFails(() -> new GlauberRates(0, 0));
  }
}
