package org.latticelift.bench.kernels;

import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * Reading a BCC lattice, in nanoseconds: the 112 sites of an environment, and per site a recount of
 * the pair order of the first shell, the search for vacancies and the composition. Checks the cost
 * models of {@code EnvironmentGather}, {@code PaddedBondCount} and {@code CodeScan}.
 */
public class LatticeBenchmark extends KernelBenchmark {
  private static final int SITES = 2 * 32 * 32 * 32;

  /** Cells per side: planes within the first-level cache of a processor, and beyond it. */
  @Param({"8", "800"})
  public int cells;

  private final byte[] environment = new byte[112];
  private Lattice lattice;
  private Lattice recounted;
  private OrderParameters order;
  private Counts counts;
  private int step;

  /** Fills the lattices; the large one is a slab, as only the planes matter. */
  @Setup
  public void fill() {
    lattice = random(cells == 8 ? 8 : 5, cells);
    recounted = random(32, 32);
    order =
        OrderParameters.of(
            Crystal.bcc(),
            List.of("Nb", "Mo", "Ta"),
            recounted.counts(),
            ObservableList.standard());
    counts = order.newCounts();
  }

  private static Lattice random(int nx, int n) {
    RandomStream stream = new Streams(1).stream(Purpose.BENCHMARK, n);
    Lattice lattice = new Lattice(Crystal.bcc(), nx, n, n);
    for (long site = 0; site < lattice.sites(); site++) {
      lattice.set(site, (byte) (1 + stream.below(3)));
    }
    return lattice;
  }

  /** An environment in the middle of its plane. */
  @Benchmark
  public byte[] gatherInside() {
    step ^= 1;
    lattice.gather(2, cells / 2 + step, cells / 2, step, environment, 0);
    return environment;
  }

  /** An environment at the rim of its plane. */
  @Benchmark
  public byte[] gatherAtRim() {
    step ^= 1;
    lattice.gather(2, step, 0, step, environment, 0);
    return environment;
  }

  /** A recount, per site. */
  @Benchmark
  @OperationsPerInvocation(SITES)
  public Counts recount() {
    order.recount(recounted, counts);
    return counts;
  }

  /** A search for vacancies where there is none, per site. */
  @Benchmark
  @OperationsPerInvocation(SITES)
  public long[] vacancies() {
    return recounted.vacancies();
  }

  /** The composition, per site. */
  @Benchmark
  @OperationsPerInvocation(SITES)
  public long[] composition() {
    return recounted.counts();
  }
}
