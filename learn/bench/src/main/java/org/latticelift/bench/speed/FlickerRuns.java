package org.latticelift.bench.speed;

import java.util.Optional;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.FlickerSimulator;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.Domain;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem;

/**
 * Runs of a fixed time that resolve flicker, from the same random alloys in every way of making
 * them: by one simulator of the whole lattice, or in blocks.
 *
 * @param jumps of each run
 * @param change of every order parameter from the beginning to the end of each run
 * @param processorSeconds of all runs
 */
public record FlickerRuns(double[] jumps, double[][] change, double processorSeconds) {
  private static final long CACHE_BYTES = 64L << 20;
  private static final double NANOS = 1e9;

  /**
   * What is simulated.
   *
   * @param model barriers
   * @param kelvin temperature
   * @param cells cells per axis
   * @param blockCells cells per block edge
   * @param seconds of physical time in each run
   * @param records at which basins are forgotten and windows chosen
   * @param runs number of runs
   */
  public record Problem(
      BarrierModel model,
      double kelvin,
      int cells,
      int blockCells,
      double seconds,
      int records,
      int runs) {

    private Lattice start(int run) {
      return KmcBenchmark.randomAlloy(model.crystal(), cells, model.species(), run);
    }

    private EnvironmentCache cache() {
      return new EnvironmentCache(model, kelvin, CACHE_BYTES);
    }

    private double until(int record) {
      return seconds * record / records;
    }
  }

  /** One run: its jumps, and the order parameters at its end. */
  private interface One {
    double[] run(int number, Lattice start, OrderParameters order, long[] jumps);
  }

  private static FlickerRuns of(Problem problem, One one) {
    double[] jumps = new double[problem.runs()];
    double[][] change = new double[problem.runs()][];
    one(problem, one, 0, new long[1]); // compiles
    long begin = Rates.nanos();
    for (int run = 0; run < jumps.length; run++) {
      long[] made = {0};
      change[run] = one(problem, one, run, made);
      jumps[run] = made[0];
    }
    return new FlickerRuns(jumps, change, (Rates.nanos() - begin) / NANOS);
  }

  private static double[] one(Problem problem, One one, int run, long[] jumps) {
    Lattice start = problem.start(run);
    OrderParameters order = SublatticeBias.pairs(problem.model(), start.counts());
    double[] before = values(order, order.newCounts(), start);
    double[] after = one.run(run, start, order, jumps);
    for (int k = 0; k < after.length; k++) {
      after[k] -= before[k];
    }
    return after;
  }

  private static double[] values(OrderParameters order, Counts counts, Lattice lattice) {
    order.recount(lattice, counts);
    double[] values = new double[order.size()];
    order.values(counts, 1, values);
    return values;
  }

  /** By one simulator of the whole lattice. */
  public static FlickerRuns serial(Problem problem) {
    EnvironmentCache cache = problem.cache();
    return of(
        problem,
        (run, lattice, order, jumps) -> {
          FlickerSimulator simulator =
              new FlickerSimulator(
                  lattice, problem.model(), problem.kelvin(), cache, FlickerSimulator.STATES);
          simulator.activateAll();
          RandomStream stream = new Streams(3).stream(Purpose.BENCHMARK, run);
          for (int record = 1; record <= problem.records(); record++) {
            simulator.runUntil(problem.until(record), stream);
          }
          jumps[0] = simulator.jumps();
          return values(order, order.newCounts(), lattice);
        });
  }

  /** In blocks on one rank, which on more would be the same. */
  public static FlickerRuns blocks(Problem problem, double typicalWaits) {
    SublatticeConfig config =
        new SublatticeConfig(problem.blockCells(), Optional.empty(), Optional.of(typicalWaits), 0);
    return of(
        problem,
        (number, start, order, jumps) -> {
          VacancyProblem vacancies =
              new VacancyProblem(
                  problem.model(),
                  Kinetics.flicker(FlickerSimulator.STATES),
                  problem.kelvin(),
                  CACHE_BYTES,
                  problem.cells(),
                  problem.cells(),
                  problem.cells(),
                  start.counts(),
                  order);
          InitialLattice initial = (ranks, domain, local) -> spread(start, domain, local);
          SublatticeRun run =
              SublatticeRun.start(
                  LocalRanks.single(), vacancies, config, new Streams(4), initial, 0, number);
          for (int record = 1; record <= problem.records(); record++) {
            run.beginTime(problem.until(1));
            boolean reached = false;
            while (!reached) {
              reached = run.cycle();
            }
          }
          jumps[0] = run.events();
          return run.observe();
        });
  }

  private static void spread(Lattice whole, Domain domain, Lattice local) {
    for (int x = 0; x < local.nx(); x++) {
      for (int y = 0; y < local.ny(); y++) {
        for (int z = 0; z < local.nz(); z++) {
          for (int b = 0; b < whole.crystal().basisCount(); b++) {
            byte code = whole.get(domain.global(x, 0), domain.global(y, 1), domain.global(z, 2), b);
            local.set(x, y, z, b, code);
          }
        }
      }
    }
  }
}
