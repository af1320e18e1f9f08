package org.latticelift.sim.systems.spins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Patches.PartialEvolution;
import org.latticelift.sim.systems.spins.SpinLattice.GlauberRates;

/**
 * Low temperatures, where a lattice of random spins soon has rates between 1/2 and 1e-61 only and
 * no trial would ever be accepted: runs end, and obey the law of the plain twin.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ColdIsingTest {
  @ParameterizedTest
  @CsvSource({
    "0.2,8,0",
    "0.2,64,0",
    "0.2,512,0",
    "0.5,8,0",
    "0.5,64,0",
    "0.5,512,0",
    "0.8,8,0",
    "0.8,64,0",
    "0.8,512,0",
    "0.2,8,10",
    "0.2,64,10",
    "0.2,512,-10",
    "0.2,3,0.1"
  })
  void quenchesFromRandomSpinsEnd(double temperature, int side, double field) {
    GlauberRates rates = new GlauberRates(temperature, field);
    SpinLattice lattice = SpinLattice.of(Spins.random(side, 0.5, Spins.stream(side)));
    GlauberSimulator simulator = new GlauberSimulator(lattice, rates);
    RandomStream stream = Spins.stream(1);
    long walls = lattice.walls();
    long events = Math.max(5000, 2L * lattice.sites());
    simulator.runEvents(events, stream);
    assertThat(simulator.flips()).isEqualTo(events);
    assertThat(simulator.time()).isPositive().isFinite();
    assertThat(lattice.walls()).isLessThan(walls / 2);
    SpinLatticeTest.requireConsistent(lattice);
  }

  /** What never flips in the time stands still, and the clock is where it was told to be. */
  @Test
  void frozenStatesStandStill() {
    SpinLattice lattice = new SpinLattice(64);
    GlauberSimulator simulator = new GlauberSimulator(lattice, new GlauberRates(0.2, 0));
    RandomStream stream = Spins.stream(2);
    for (int record = 1; record <= 1000; record++) {
      assertThat(simulator.runUntil(1e6 * record, Long.MAX_VALUE, stream)).isZero();
      assertThat(simulator.time()).isEqualTo(1e6 * record);
    }
    assertThat(lattice.walls()).isZero();
  }

  /** No rate is above 0 here once every spin agrees with its neighbours. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void saysWhenAQuenchHasNothingLeftToFlip(boolean acceptance) {
    SpinLattice lattice = SpinLattice.of(Spins.random(8, 0.8, Spins.stream(3)));
    GlauberRates rates = new GlauberRates(1e-3, 0.5);
    GlauberSimulator simulator =
        acceptance
            ? GlauberSimulator.byAcceptance(lattice, rates)
            : GlauberSimulator.byClassLists(lattice, rates);
    assertFails(
        ExitCode.NUMERICAL,
        () -> simulator.runEvents(10_000, Spins.stream(4)),
        "total flip rate 0");
    assertThat(lattice.walls()).isZero();
  }

  /**
   * Every flip of many quenches against the rates of the plain twin in the state before it: the
   * waiting time times the total rate is exponential, the class of the site has the share of its
   * rates, and within the class every site is as likely as the others. Each of the three becomes a
   * number that is uniform in (0,1) if the law is right; a chi-square of 20 bins has mean 19 and
   * deviation 6.2 and may be five deviations above. The flips at which acceptance was given up are
   * looked at on their own.
   */
  @Tag("law")
  @ParameterizedTest
  @CsvSource({"0.2,0", "0.5,0", "0.8,0", "0.5,0.3", "0.2,-10"})
  void everyFlipHasTheLawOfThePlainTwin(double temperature, double field) {
    Law acceptance = new Law("acceptance");
    Law givingUp = new Law("giving up");
    Law lists = new Law("class lists");
    RandomStream stream = Spins.stream(5);
    for (int quench = 0; quench < 1200; quench++) {
      byte[] start = Spins.random(8, 0.5, stream);
      SpinLattice lattice = SpinLattice.of(start);
      GlauberSimulator simulator =
          new GlauberSimulator(lattice, new GlauberRates(temperature, field));
      PlainGlauber plain = new PlainGlauber(start, temperature, field);
      int flipsByLists = 0;
      for (int flip = 0; flip < 200 && flipsByLists < 20; flip++) {
        boolean before = simulator.drawsByAcceptance();
        int[] classes = classes(lattice);
        simulator.time(0);
        simulator.runEvents(1, stream);
        boolean after = simulator.drawsByAcceptance();
        int site = flipped(plain.spins(), lattice);
        Law law = after ? acceptance : before ? givingUp : lists;
        law.add(plain, classes, site, simulator.time());
        plain.turn(site);
        flipsByLists += after ? 0 : 1;
      }
    }
    assertThat(acceptance.number()).isGreaterThan(20_000);
    assertThat(givingUp.number()).isGreaterThan(200);
    assertThat(lists.number()).isGreaterThan(5000);
    acceptance.require();
    givingUp.require();
    lists.require();
  }

  /** Spin and sum of the neighbours of every site, from the spins. */
  private static int[] classes(SpinLattice lattice) {
    int[] classes = new int[lattice.sites()];
    for (int site = 0; site < classes.length; site++) {
      int sum = 0;
      for (int axis = 0; axis < 2; axis++) {
        sum += lattice.spin(lattice.neighbour(site, axis, 1));
        sum += lattice.spin(lattice.neighbour(site, axis, -1));
      }
      classes[site] = 10 * lattice.spin(site) + sum;
    }
    return classes;
  }

  private static int flipped(byte[] before, SpinLattice lattice) {
    List<Integer> changed = new ArrayList<>();
    for (int site = 0; site < before.length; site++) {
      if (before[site] != lattice.spin(site)) {
        changed.add(site);
      }
    }
    assertThat(changed).hasSize(1);
    return changed.get(0);
  }

  /** Waiting times, classes and sites of flips as numbers that should be uniform in (0,1). */
  private static final class Law {
    private final Uniformity waits;
    private final Uniformity shares;
    private final Uniformity ranks;
    private final RandomStream spread = Spins.stream(6);

    Law(String way) {
      waits = new Uniformity("waiting times, " + way);
      shares = new Uniformity("classes, " + way);
      ranks = new Uniformity("sites, " + way);
    }

    int number() {
      return waits.number();
    }

    /**
     * A flip.
     *
     * @param plain the state before
     * @param classes of its sites
     */
    void add(PlainGlauber plain, int[] classes, int chosen, double wait) {
      double total = plain.totalRate();
      double lower = 0;
      double own = 0;
      int before = 0;
      int all = 0;
      for (int site = 0; site < classes.length; site++) {
        if (classes[site] < classes[chosen]) {
          lower += plain.rate(site);
        } else if (classes[site] == classes[chosen]) {
          own += plain.rate(site);
          all++;
          before += site < chosen ? 1 : 0;
        }
      }
      waits.add(-Math.expm1(-wait * total));
      shares.add((lower + spread.uniform() * own) / total);
      ranks.add((before + spread.uniform()) / all);
    }

    void require() {
      waits.require();
      shares.require();
      ranks.require();
    }
  }

  /** Counts numbers that should be uniform in (0,1). */
  private static final class Uniformity {
    private static final int BINS = 20;

    private final String name;
    private final int[] count = new int[BINS];

    Uniformity(String name) {
      this.name = name;
    }

    void add(double u) {
      count[Math.min(BINS - 1, (int) (u * BINS))]++;
    }

    int number() {
      return Arrays.stream(count).sum();
    }

    void require() {
      double expected = number() / (double) BINS;
      double chiSquare = 0;
      for (int c : count) {
        chiSquare += (c - expected) * (c - expected) / expected;
      }
      double degrees = BINS - 1;
      assertThat(chiSquare)
          .as("%s: %d numbers in %s", name, number(), Arrays.toString(count))
          .isLessThan(degrees + 5 * Math.sqrt(2 * degrees));
    }
  }

  /** Relaxation and partial evolutions of a patch by flips, from random spins. */
  @ParameterizedTest
  @CsvSource({
    "0.2,periodic",
    "0.2,ghost",
    "0.2,buffer",
    "0.2,whole",
    "0.5,ghost",
    "0.5,buffer",
    "0.8,ghost",
    "0.8,buffer"
  })
  void windowsEnd(double temperature, String environment) {
    IsingSystem system =
        IsingConfigs.system(
            temperature,
            "small: 8, large: 32",
            "",
            "duration: {events: 64}, environment: "
                + (environment.equals("periodic") ? environment : "ghost"),
            "environment: " + environment);
    IsingDynamics dynamics = IsingConfigs.dynamics(system, 0);
    RandomStream stream = Spins.stream(7);
    for (int i = 0; i < 5; i++) {
      SpinLattice state = SpinLattice.of(Spins.random(32, 0.5, stream));
      for (int evolution = 0; evolution < 4; evolution++) {
        PartialEvolution made = dynamics.evolve(state, Duration.events(64), stream);
        assertThat(made.events()).isGreaterThanOrEqualTo(64);
        assertThat(made.time()).isPositive().isFinite();
        dynamics.relax(state, true, stream);
      }
      SpinLatticeTest.requireConsistent(state);
    }
  }
}
