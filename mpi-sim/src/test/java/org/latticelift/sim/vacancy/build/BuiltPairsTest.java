package org.latticelift.sim.vacancy.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.build.BuiltPairs.ConcurrentExchange;
import org.latticelift.sim.vacancy.build.BuiltPairs.Randomness;
import org.latticelift.sim.vacancy.build.BuiltPairs.Reached;
import org.latticelift.sim.vacancy.build.PairShares.Measure;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.crystal.SiteOffset;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

class BuiltPairsTest {
  private static final AtomPairs TWO = new AtomPairs(List.of("A", "B"));
  private static final AtomPairs FOUR = new AtomPairs(List.of("A", "B", "C", "D"));
  private static final double[] HALVES = {0.5, 0.5};
  private static final double[] QUARTERS = {0.25, 0.25, 0.25, 0.25};

  private static RandomStream stream() {
    return new Streams(3).stream(Purpose.CHECK);
  }

  /** Species one after the other by site: as far from random as can be. */
  private static Lattice sorted(Crystal crystal, int cells, int species, int vacancies) {
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + site * species / lattice.sites()));
    }
    for (int v = 0; v < vacancies; v++) {
      lattice.set(v * 7L, Lattice.VACANCY);
    }
    return lattice;
  }

  private static Reached build(BuiltPairs build, Lattice lattice) {
    return build(build, lattice, 1);
  }

  private static Reached build(BuiltPairs build, Lattice lattice, int threads) {
    return build.build(
        lattice,
        1e-3,
        new Randomness(stream(), new Streams(3)),
        threads,
        ProgressFactory.quiet().start("", 0),
        StopSignal.none());
  }

  /** Eight places at a time, of 128 sites each, in a lattice that is long enough. */
  @Test
  void severalThreadsBuildTheSameLatticeAsOne() {
    PairShares first =
        PairShares.of(FOUR, QUARTERS, Measure.WARREN_COWLEY, Map.of("BC", -0.35), "test");
    PairShares second = PairShares.random(FOUR, QUARTERS);
    BuiltPairs build = new BuiltPairs(Crystal.bcc(), FOUR, List.of(first, second), 128);
    Lattice one = new Lattice(Crystal.bcc(), 96, 12, 12);
    assertThat(ConcurrentExchange.room(one, 128)).isTrue();
    for (long site = 0; site < one.sites(); site++) {
      one.set(site, (byte) (1 + site % 4));
    }
    Lattice three = one.copy();
    Reached reached = build(build, one, 1);
    build(build, three, 3);
    assertThat(three).isEqualTo(one);
    // 110 592 bonds of a shell; places do not know of each other's last steps
    assertThat(reached.worst()).isLessThan(2e-4);
    assertThat(share(one, 1, 2, 3)).isEqualTo(first.share()[FOUR.of(1, 2)], within(2e-4));
    assertThat(share(one, 3, 1, 2)).isEqualTo(0.125, within(0.01));
  }

  @ParameterizedTest
  @CsvSource({"96, 12, 12, 512, false", "24, 24, 24, 128, false", "96, 12, 12, 256, true"})
  void placesMustBeFewAndFarApart(int nx, int ny, int nz, int stretch, boolean room) {
    Lattice lattice = new Lattice(Crystal.bcc(), nx, ny, nz);
    assertThat(ConcurrentExchange.room(lattice, stretch)).isEqualTo(room);
  }

  /** Every bond looked at from both ends. */
  private static double share(Lattice lattice, int shell, int a, int b) {
    long hits = 0;
    long bonds = 0;
    for (long site = 0; site < lattice.sites(); site++) {
      int basis = (int) (site % lattice.crystal().basisCount());
      for (SiteOffset offset : lattice.crystal().shell(basis, shell)) {
        byte one = lattice.get(site);
        byte other = lattice.get(lattice.neighbour(site, offset));
        if (one != 0 && other != 0) {
          bonds++;
          hits += one == a && other == b || one == b && other == a ? 1 : 0;
        }
      }
    }
    return (double) hits / bonds;
  }

  @ParameterizedTest
  @CsvSource({"bcc, 0", "bcc, 9", "fcc, 0"})
  void sharesAreReachedAndNothingElseChanges(String crystal, int vacancies) {
    Crystal chosen = crystal.equals("bcc") ? Crystal.bcc() : Crystal.fcc();
    PairShares first =
        PairShares.of(
            FOUR,
            QUARTERS,
            Measure.WARREN_COWLEY,
            Map.of("BC", -0.35, "AB", 0.1, "DC", -0.1),
            "test");
    PairShares second = PairShares.of(FOUR, QUARTERS, Measure.SHARE, Map.of("CB", 0.094), "test");
    BuiltPairs build = new BuiltPairs(chosen, FOUR, Arrays.asList(first, second, null));
    Lattice lattice = sorted(chosen, 16, 4, vacancies);
    long[] counts = lattice.counts();
    long[] holes = lattice.vacancies();
    Reached reached = build(build, lattice);
    assertThat(lattice.counts()).isEqualTo(counts);
    assertThat(lattice.vacancies()).isEqualTo(holes);
    assertThat(reached.worst()).isLessThan(vacancies == 0 ? 2e-4 : 1e-3);
    assertThat(reached.error()[2]).isZero();
    for (int a = 0; a < 4; a++) {
      for (int b = a; b < 4; b++) {
        int k = FOUR.of(a, b);
        double share = share(lattice, 1, a + 1, b + 1);
        assertThat(share).isEqualTo(first.share()[k], within(1e-3));
        assertThat(reached.shares().get(0).share()[k]).isEqualTo(share, within(1e-12));
        assertThat(share(lattice, 2, a + 1, b + 1)).isEqualTo(second.share()[k], within(1e-3));
      }
    }
  }

  @Test
  void theLastStepApproachesTheCountsThemselves() {
    List<PairShares> random =
        List.of(PairShares.random(FOUR, QUARTERS), PairShares.random(FOUR, QUARTERS));
    Lattice lattice = sorted(Crystal.bcc(), 12, 4, 0);
    Reached reached = build(new BuiltPairs(Crystal.bcc(), FOUR, random), lattice);
    // a random alloy of 13824 bonds is off by 2e-3; two counts are 1.5e-4
    assertThat(reached.worst()).isLessThan(2e-4);
    assertThat(Math.abs(reached.shares().get(0).warrenCowley()[1])).isLessThan(2e-3);
  }

  /** The ends of a chain of states forget where they began: no order where none was asked for. */
  @Test
  void shellsWithoutTargetsAreFree() {
    PairShares first = PairShares.of(TWO, HALVES, Measure.WARREN_COWLEY, Map.of("AB", 0.0), "test");
    Lattice lattice = sorted(Crystal.bcc(), 16, 2, 0);
    build(new BuiltPairs(Crystal.bcc(), TWO, List.of(first)), lattice);
    // 0.5 within four standard errors of 24576 bonds
    assertThat(share(lattice, 2, 1, 2)).isEqualTo(0.5, within(0.013));
  }

  @Test
  void differencesOfCountsFollowTheExchanges() {
    Lattice lattice = sorted(Crystal.fcc(), 6, 4, 3);
    ExchangeLattice sites = new ExchangeLattice(lattice, 2);
    sites.load(lattice);
    PairCounts.Counter counter = new PairCounts.Counter(Crystal.fcc(), new PairKinds(4), 2);
    double[][] targets = {new double[10], new double[10]};
    Arrays.fill(targets[0], 100.5);
    Arrays.fill(targets[1], 50);
    CountExchange exchange =
        new CountExchange(sites, counter.count(lattice), FOUR, targets, CountExchange.STRETCH);
    assertThat(exchange.attempt(3000, 20, stream())).isGreaterThan(100);
    sites.store(lattice);
    PairCounts counts = counter.count(lattice);
    for (int a = 0; a < 4; a++) {
      for (int b = a; b < 4; b++) {
        assertThat(exchange.off(0, FOUR.of(a, b)) + 100.5).isEqualTo(counts.of(1, a + 1, b + 1));
        assertThat(exchange.off(1, FOUR.of(a, b)) + 50).isEqualTo(counts.of(2, a + 1, b + 1));
      }
    }
  }

  /** The same parameters as those of any other state, also with many vacancies. */
  @Test
  void warrenCowleyIsThatOfOrderParameters() {
    Lattice lattice = sorted(Crystal.bcc(), 8, 4, 50);
    BuiltPairs build =
        new BuiltPairs(
            Crystal.bcc(),
            FOUR,
            List.of(PairShares.random(FOUR, QUARTERS), PairShares.random(FOUR, QUARTERS)));
    List<PairShares> reached = build.reached(lattice).shares();
    OrderParameters order =
        OrderParameters.of(
            Crystal.bcc(),
            FOUR.species(),
            lattice.counts(),
            ObservableList.parse("[{warren_cowley: {shell: 1}}, {warren_cowley: {shell: 2}}]"));
    Counts counts = order.newCounts();
    order.recount(lattice, counts);
    double[] alpha = new double[order.size()];
    order.exactValues(counts, alpha);
    for (int k = 0; k < 20; k++) {
      double expected = reached.get(k / 10).warrenCowley()[k % 10];
      assertThat(alpha[k]).as("value %d", k).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void impossibleTargetsAreRefused() {
    refused(Map.of("AB", -1.5), "A", "no configuration has AA");
    refused(Map.of("AB", 1.2), "A", "no configuration has AB");
    refused(Map.of("AB", 0.1, "AA", 0.1), "A", "AA contradicts");
    refused(Map.of("AC", 0.1), "A", "unknown pair 'AC'");
    refused(Map.of("AB", 0.1, "BA", 0.1), "A", "twice");
    // all neighbours unlike: possible in bcc, not in the triangles of fcc
    List<PairShares> unlike =
        List.of(PairShares.of(TWO, HALVES, Measure.SHARE, Map.of("AB", 1.0), "test"));
    new BuiltPairs(Crystal.bcc(), TWO, unlike);
    assertThatThrownBy(() -> new BuiltPairs(Crystal.fcc(), TWO, unlike))
        .hasMessageContaining("shells 1, 1 and 1");
    // two thirds of them is possible
    new BuiltPairs(
        Crystal.fcc(),
        TWO,
        List.of(PairShares.of(TWO, HALVES, Measure.SHARE, Map.of("AB", 0.66), "test")));
    assertThatThrownBy(
            () ->
                new BuiltPairs(
                    Crystal.bcc(), TWO, List.of(unlike.get(0), PairShares.random(TWO, HALVES))))
        .hasMessageContaining("shells 1, 1 and 2");
  }

  private static void refused(Map<String, Double> targets, String where, String message) {
    assertThatThrownBy(() -> PairShares.of(TWO, HALVES, Measure.WARREN_COWLEY, targets, where))
        .hasMessageContaining(message);
  }

  @Test
  void likePairsFollowAndMayBeNamedWhereTheyAgree() {
    double[] composition = {0.2, 0.8};
    PairShares shares =
        PairShares.of(
            TWO, composition, Measure.WARREN_COWLEY, Map.of("AB", -0.1, "AA", 0.4), "test");
    assertThat(shares.share()[1]).isEqualTo(0.32 * 1.1, within(1e-12));
    assertThat(shares.share()[0]).isEqualTo(0.2 - 0.176, within(1e-12));
    assertThat(shares.share()[0] + shares.share()[1] + shares.share()[2])
        .isEqualTo(1, within(1e-12));
    assertThat(shares.warrenCowley()[0]).isEqualTo(0.4, within(1e-9));
  }
}
