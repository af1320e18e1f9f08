package org.latticelift.bench.speed;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem;

/**
 * What the windows of the sublattice method change: mean time per jump against that of the
 * rejection-free simulator of the whole lattice, its exact twin. Both start from random alloys and
 * forget them first, so that their times per jump are those of equilibrium.
 *
 * @param windowMeanWaits window of a cycle in mean waiting times of a vacancy; 0 is the twin
 * @param jumps number of jumps that were averaged over
 * @param secondsPerJump mean time per jump of the whole lattice, s
 * @param error its standard error, s
 */
public record SublatticeBias(
    double windowMeanWaits, long jumps, double secondsPerJump, double error) {
  private static final int STRETCHES = 120;
  private static final double FORGOTTEN = 0.15;
  private static final long CACHE_BYTES = 64L << 20;

  /**
   * The lattice.
   *
   * @param model barriers
   * @param kelvin temperature
   * @param cells cells per axis
   * @param blockCells cells per block edge
   */
  public record Problem(BarrierModel model, double kelvin, int cells, int blockCells) {
    private VacancyProblem vacancies(Lattice start) {
      long[] counts = Arrays.copyOf(start.counts(), model.species() + 1);
      OrderParameters order = pairs(model, counts);
      return new VacancyProblem(
          model, Kinetics.PLAIN, kelvin, CACHE_BYTES, cells, cells, cells, counts, order);
    }

    private Lattice start() {
      return KmcBenchmark.randomAlloy(model.crystal(), cells, model.species());
    }
  }

  /** The first-shell pairs of a lattice with so many sites per code. */
  static OrderParameters pairs(BarrierModel model, long[] counts) {
    List<String> names = new ArrayList<>();
    for (int species = 0; species < model.species(); species++) {
      names.add(Character.toString('A' + species));
    }
    return OrderParameters.of(model.crystal(), names, counts, ObservableList.parse("[pair]"));
  }

  /**
   * Mean time per jump in successive stretches of one history.
   *
   * @param times of each stretch, s
   * @param jumps made in all of them
   */
  public record History(double[] times, long jumps) {}

  /** A history of the exact twin ({@code jumps}: to average over); its times per jump. */
  public static History exact(Problem problem, long jumps, long seed) {
    Lattice lattice = problem.start();
    EnvironmentCache cache = new EnvironmentCache(problem.model(), problem.kelvin(), CACHE_BYTES);
    VacancySimulator simulator =
        new VacancySimulator(lattice, problem.model(), problem.kelvin(), cache);
    simulator.activateAll();
    RandomStream stream = new Streams(seed).stream(Purpose.BENCHMARK);
    simulator.runEvents((long) (FORGOTTEN * jumps), Clock.EXPONENTIAL, stream);
    long stretch = Math.max(1, jumps / STRETCHES);
    double[] times = new double[STRETCHES];
    for (int i = 0; i < STRETCHES; i++) {
      double before = simulator.time();
      simulator.runEvents(stretch, Clock.EXPONENTIAL, stream);
      times[i] = (simulator.time() - before) / stretch;
    }
    return new History(times, stretch * STRETCHES);
  }

  /**
   * A history of the sublattice method on one rank, which on more would be the same ({@code jumps}:
   * to average over); its times per jump.
   */
  public static History windowed(Problem problem, double windowMeanWaits, long jumps, long seed) {
    Streams seeds = new Streams(seed);
    VacancyProblem vacancies = problem.vacancies(problem.start());
    long number = Math.round(1 / windowMeanWaits);
    SublatticeRun run =
        SublatticeRun.start(
            LocalRanks.single(),
            vacancies,
            new SublatticeConfig(
                problem.blockCells(), Optional.of(windowMeanWaits), Optional.empty(), 0),
            seeds,
            InitialLattice.random(vacancies.counts(), seeds.stream(Purpose.BENCHMARK, 0, number)),
            0,
            number);
    advance(run, (long) (FORGOTTEN * jumps));
    long stretch = Math.max(1, jumps / STRETCHES);
    long first = run.events();
    double[] times = new double[STRETCHES];
    for (int i = 0; i < STRETCHES; i++) {
      double before = run.time();
      long made = run.events();
      advance(run, stretch);
      times[i] = (run.time() - before) / (run.events() - made);
    }
    return new History(times, run.events() - first);
  }

  private static void advance(SublatticeRun run, long jumps) {
    run.beginJumps(jumps);
    while (!run.cycle()) {
      // A cycle is too short to look at anything.
      continue;
    }
  }

  /**
   * Averages independent histories ({@code windowMeanWaits}: window of a cycle in mean waiting
   * times of a vacancy; 0 is the twin; {@code histories}: at least one); their mean, and its
   * standard error by blocking, which sees what sets them apart.
   */
  public static SublatticeBias of(double windowMeanWaits, List<History> histories) {
    BlockedMean mean = BlockedMean.of(histories.stream().map(History::times).toList());
    long jumps = histories.stream().mapToLong(History::jumps).sum();
    return new SublatticeBias(windowMeanWaits, jumps, mean.mean(), mean.error());
  }

  /** Relative difference from the twin; positive where the window makes jumps slower. */
  public double bias(SublatticeBias exact) {
    return secondsPerJump / exact.secondsPerJump - 1;
  }

  /** Standard error of {@link #bias}. */
  public double biasError(SublatticeBias exact) {
    return Math.hypot(error / secondsPerJump, exact.error / exact.secondsPerJump);
  }
}
