package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.kmc.HashModel;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.RandomAlloy;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;

/** A state of largest entropy that ranks draw together. */
class SampledLatticeTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final int SHELLS = 3;

  /** Two species and the vacancy; unlike nearest neighbours are preferred. */
  private static final PairKinds KINDS = new PairKinds(2);

  private static final EffectiveHamiltonian HAMILTONIAN =
      new EffectiveHamiltonian(KINDS, SHELLS, new double[] {-0.5, -0.2, 0.1, 0.1, 0.05, -0.02});

  private static long[] counts(long sites) {
    long vacant = sites / 250;
    long first = (sites - vacant) * 2 / 5;
    return new long[] {vacant, first, sites - vacant - first};
  }

  private static Lattice sampled(int nx, int ny, int nz, int edge, int ranks, int run)
      throws Exception {
    Lattice whole = new Lattice(BCC, nx, ny, nz);
    long[] counts = counts(whole.sites());
    OrderParameters order =
        OrderParameters.of(
            BCC,
            List.of("A", "B"),
            counts,
            ObservableList.fromConfig(ConfigNode.parse("[pair]", "test")));
    VacancyProblem problem =
        new VacancyProblem(
            new HashModel(BCC, 2), Kinetics.PLAIN, 900, 0, nx, ny, nz, counts, order);
    FilledLattice.fill(
        whole, edge, ranks, () -> new SampledLattice(HAMILTONIAN, problem, new Streams(5), 1, run));
    assertThat(whole.counts()).startsWith(counts);
    return whole;
  }

  /** Two ranks divide 64 cells; eight divide each axis, and each has the windows of its own. */
  @Tag("ranks")
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void anyNumberOfRanksDrawsTheSameState(int ranks) throws Exception {
    Lattice one = sampled(64, 64, 64, 8, 1, 0);
    assertThat(sampled(64, 64, 64, 8, ranks, 0)).isEqualTo(one);
  }

  @Test
  void soDoShortAndUnequalAxes() throws Exception {
    assertThat(sampled(16, 64, 32, 8, 2, 0)).isEqualTo(sampled(16, 64, 32, 8, 1, 0));
    assertThat(sampled(10, 20, 70, 5, 2, 1)).isEqualTo(sampled(10, 20, 70, 5, 1, 1));
  }

  @Test
  void runsDrawDifferentStates() throws Exception {
    assertThat(sampled(10, 10, 10, 5, 1, 0)).isNotEqualTo(sampled(10, 10, 10, 5, 1, 1));
  }

  /** Pairs of all shells, whole-lattice exchanges beside those in windows. */
  @Tag("law")
  @Test
  void pairsAreThoseOfExchangesInTheWholeLattice() throws Exception {
    int states = 16;
    PairCounts.Counter counter = new PairCounts.Counter(BCC, KINDS, SHELLS);
    double[][] windows = new double[states][];
    double[][] whole = new double[states][];
    for (int k = 0; k < states; k++) {
      windows[k] = perSite(counter, sampled(20, 20, 20, 5, 1, k));
      whole[k] = perSite(counter, reference(20, k));
    }
    for (int p = 0; p < whole[0].length; p++) {
      double[] a = column(windows, p);
      double[] b = column(whole, p);
      double error = Math.sqrt((variance(a) + variance(b)) / states);
      assertThat(mean(a)).as("pair " + p).isBetween(mean(b) - 4 * error, mean(b) + 4 * error);
    }
    // Far from random, which is 4 * 2 * 0.4 * 0.6 = 1.92 pairs per site.
    assertThat(mean(column(whole, KINDS.pair(1, 2)))).isGreaterThan(2.1);
  }

  private static double[] perSite(PairCounts.Counter counter, Lattice lattice) {
    long[] pairs = counter.count(lattice).array();
    return Arrays.stream(pairs).mapToDouble(n -> n / (double) lattice.sites()).toArray();
  }

  private static Lattice reference(int cells, long seed) {
    Lattice lattice = new Lattice(BCC, cells, cells, cells);
    long[] counts = counts(lattice.sites());
    long site = 0;
    for (byte code = 0; code < counts.length; code++) {
      for (long i = 0; i < counts[code]; i++) {
        lattice.set(site++, code);
      }
    }
    ExchangeLattice sites = new ExchangeLattice(lattice, SHELLS);
    sites.load(lattice);
    new ExchangeSampler(HAMILTONIAN, sites)
        .attempt(200 * lattice.sites(), RandomAlloy.stream(seed, 9));
    sites.store(lattice);
    return lattice;
  }

  private static double[] column(double[][] rows, int at) {
    return Arrays.stream(rows).mapToDouble(row -> row[at]).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
  }
}
