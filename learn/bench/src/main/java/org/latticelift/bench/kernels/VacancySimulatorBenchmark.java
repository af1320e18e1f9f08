package org.latticelift.bench.kernels;

import java.util.concurrent.TimeUnit;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.BarrierModels;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * One jump in microseconds where nearly all rates come from the cache, as vacancies flicker at 300
 * K; checks the cost model of {@code VacancySimulator}. With the cost of barriers: {@code
 * latticelift bench kmc}.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class VacancySimulatorBenchmark extends KernelBenchmark {
  private static final int JUMPS = 1000;
  private static final int SITES_PER_VACANCY = 1024;
  private static final long CACHE = 1L << 24;

  /** Cells per side: 1024 sites with one vacancy, 524 288 with 512. */
  @Param({"8", "64"})
  public int cells;

  private VacancySimulator simulator;
  private RandomStream stream;

  /** Fills the lattice. */
  @Setup
  public void fill() {
    Crystal crystal = Crystal.bcc();
    ConfigNode section = ConfigNode.parse("model: pairwise", "benchmark");
    BarrierModel model = BarrierModels.fromConfig(section, crystal);
    stream = new Streams(1).stream(Purpose.BENCHMARK, cells);
    Lattice lattice = new Lattice(crystal, cells, cells, cells);
    for (long site = 0; site < lattice.sites(); site++) {
      boolean vacancy = site % SITES_PER_VACANCY == SITES_PER_VACANCY / 2;
      lattice.set(site, vacancy ? Lattice.VACANCY : (byte) (1 + stream.below(3)));
    }
    simulator = new VacancySimulator(lattice, model, 300, new EnvironmentCache(model, 300, CACHE));
    simulator.activateAll();
  }

  /** Jumps; the time is that of one. */
  @Benchmark
  @OperationsPerInvocation(JUMPS)
  public long jump() {
    return simulator.runEvents(JUMPS, Clock.EXPONENTIAL, stream);
  }
}
