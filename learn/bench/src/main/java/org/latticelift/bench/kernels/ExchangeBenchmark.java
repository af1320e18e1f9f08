package org.latticelift.bench.kernels;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.hamiltonian.PairCounts;
import org.latticelift.sim.vacancy.hamiltonian.PairKinds;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Exchanges of sites of BCC with three species, in nanoseconds: an attempt to exchange two sites
 * with interactions of five shells, and per site a count of all pairs of eight shells. Checks the
 * cost models of {@code ExchangeSampler} and {@code PairCounts}.
 */
public class ExchangeBenchmark extends KernelBenchmark {
  private static final int ATTEMPTS = 10_000;
  private static final int SITES = 2 * 16 * 16 * 16;

  /** Cells per side: 1024, 8192 and 65 536 sites. */
  @Param({"8", "16", "32"})
  public int cells;

  private final RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK);
  private ExchangeSampler sampler;
  private PairCounts.Counter counter;
  private Lattice counted;

  /** Makes a random state with the interactions of a disordered alloy. */
  @Setup
  public void fill() {
    PairKinds kinds = new PairKinds(3);
    double[] j = new double[25];
    java.util.Arrays.setAll(j, i -> 0.3 * Math.sin(1 + i) / (1 + i / 5));
    ExchangeLattice sites = new ExchangeLattice(random(cells), 5);
    sites.load(random(cells));
    sampler = new ExchangeSampler(new EffectiveHamiltonian(kinds, 5, j), sites);
    sampler.attempt(10L * sites.sites(), stream);
    counted = random(16);
    counter = new PairCounts.Counter(Crystal.bcc(), kinds, 8);
  }

  private Lattice random(int n) {
    Lattice lattice = new Lattice(Crystal.bcc(), n, n, n);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (site % 1024 == 0 ? 0 : 1 + stream.below(3)));
    }
    return lattice;
  }

  /** Attempts. */
  @Benchmark
  @OperationsPerInvocation(ATTEMPTS)
  public long attempt() {
    return sampler.attempt(ATTEMPTS, stream);
  }

  /** Counts. */
  @Benchmark
  @OperationsPerInvocation(SITES)
  public PairCounts count() {
    return counter.count(counted);
  }
}
