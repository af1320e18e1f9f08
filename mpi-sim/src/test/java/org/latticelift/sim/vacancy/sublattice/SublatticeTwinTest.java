package org.latticelift.sim.vacancy.sublattice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.BlockedMean;
import org.latticelift.sim.vacancy.barrier.BarrierModel;
import org.latticelift.sim.vacancy.barrier.LinearBarrier;
import org.latticelift.sim.vacancy.barrier.LinearTerms;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.Kinetics;
import org.latticelift.sim.vacancy.kmc.VacancyKernel.Clock;
import org.latticelift.sim.vacancy.kmc.VacancySimulator;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.order.Counts;
import org.latticelift.sim.vacancy.order.ObservableList;
import org.latticelift.sim.vacancy.order.OrderParameters;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.RandomFill;

/**
 * The sublattice method against its exact twin, the rejection-free simulator of the whole lattice,
 * in equilibrium: mean time per jump and order parameters of 16 384 sites with one vacancy in 1024
 * at the default window of one mean wait.
 *
 * <p>In this model successive waiting times are nearly independent, so the standard error of a mean
 * time is about that of so many independent ones: 0.05 % for 5 million jumps in four histories, and
 * 0.07 % for the ratio of two means. Four of these are allowed: a bias of 1 % is fourteen away.
 * Order parameters, neighbours of a kind more than the 2.67 of a random alloy, differ with errors
 * of 0.002 to 0.005; few blocks underrate these, so five are allowed, at most 1 % of 2.67.
 */
@Tag("law")
class SublatticeTwinTest {
  private static final Crystal BCC = Crystal.bcc();
  private static final BarrierModel MODEL =
      new LinearBarrier("pairwise", BCC, LinearTerms.defaults(BCC), 1e13);
  private static final double KELVIN = 2000;
  private static final int NX = 32;
  private static final int NY = 16;
  private static final int NZ = 16;
  private static final long[] COUNTS = {16, 5456, 5456, 5456};
  private static final long CACHE_BYTES = 32 << 20;
  private static final int HISTORIES = 4;
  private static final int STRETCHES = 64;

  /** Jumps of a stretch, and of the beginning of a history, which is forgotten. */
  private static final long STRETCH = 20_000;

  private static final long FORGOTTEN = 320_000;
  private static final double WINDOW_MEAN_WAITS = 1;
  private static final double ERRORS_OF_TIME = 4;
  private static final double ERRORS_OF_ORDER = 5;

  private static Measured exact;

  /** What was measured in equilibrium; times in s. */
  private record Measured(BlockedMean secondsPerJump, List<BlockedMean> order) {
    double relativeError() {
      return secondsPerJump.error() / secondsPerJump.mean();
    }
  }

  /** One of the two ways to go on, and what it looks like then. */
  private interface Run {
    /** Makes at least so many jumps and returns how many. */
    long advance(long jumps);

    double time();

    double[] observe();
  }

  private static OrderParameters order() {
    return OrderParameters.of(BCC, List.of("A", "B", "C"), COUNTS, ObservableList.parse("[pair]"));
  }

  /**
   * Averages over histories.
   *
   * @param run begins a history from its seeds
   */
  private static Measured measured(Function<Streams, Run> run, long seed, int histories) {
    List<double[]> times = new ArrayList<>();
    List<List<double[]>> order = new ArrayList<>();
    for (int k = 0; k < order().size(); k++) {
      order.add(new ArrayList<>());
    }
    for (int history = 0; history < histories; history++) {
      Run one = run.apply(new Streams(seed + history));
      one.advance(FORGOTTEN);
      times.add(new double[STRETCHES]);
      order.forEach(runs -> runs.add(new double[STRETCHES]));
      for (int i = 0; i < STRETCHES; i++) {
        double before = one.time();
        long made = one.advance(STRETCH);
        times.get(history)[i] = (one.time() - before) / made;
        double[] observed = one.observe();
        for (int k = 0; k < observed.length; k++) {
          order.get(k).get(history)[i] = observed[k];
        }
      }
    }
    return new Measured(BlockedMean.of(times), order.stream().map(BlockedMean::of).toList());
  }

  private static Run serial(Streams seeds) {
    Lattice lattice = new Lattice(BCC, NX, NY, NZ);
    Permutation permutation =
        new Permutation(lattice.sites(), seeds.stream(Purpose.DIRECT_INITIAL_STATE));
    Domain whole = new Domain(new BlockGrid(NX, NY, NZ, 8), new RankGrid(1, 1, 1), 0);
    new RandomFill(COUNTS, permutation).fill(null, whole, lattice);
    VacancySimulator simulator =
        new VacancySimulator(
            lattice, MODEL, KELVIN, new EnvironmentCache(MODEL, KELVIN, CACHE_BYTES));
    simulator.activateAll();
    OrderParameters order = order();
    Counts counts = order.newCounts();
    order.recount(lattice, counts);
    simulator.observe(order.tracker(counts));
    RandomStream stream = seeds.stream(Purpose.CHECK);
    return new Run() {
      @Override
      public long advance(long jumps) {
        return simulator.runEvents(jumps, Clock.EXPONENTIAL, stream);
      }

      @Override
      public double time() {
        return simulator.time();
      }

      @Override
      public double[] observe() {
        double[] values = new double[order.size()];
        order.values(counts, 1, values);
        return values;
      }
    };
  }

  private static Run windowed(Streams seeds, int blockCells) {
    SublatticeRun run =
        SublatticeRun.start(
            LocalRanks.single(),
            new VacancyProblem(
                MODEL, Kinetics.PLAIN, KELVIN, CACHE_BYTES, NX, NY, NZ, COUNTS, order()),
            new SublatticeConfig(blockCells, Optional.of(WINDOW_MEAN_WAITS), Optional.empty(), 0),
            seeds,
            InitialLattice.random(COUNTS, seeds.stream(Purpose.DIRECT_INITIAL_STATE)),
            0,
            0);
    return new Run() {
      @Override
      public long advance(long jumps) {
        long before = run.events();
        run.beginJumps(jumps);
        boolean done = false;
        while (!done) {
          done = run.cycle();
        }
        return run.events() - before;
      }

      @Override
      public double time() {
        return run.time();
      }

      @Override
      public double[] observe() {
        return run.observe();
      }
    };
  }

  @BeforeAll
  static void measureTheTwin() {
    exact = measured(SublatticeTwinTest::serial, 10, HISTORIES);
  }

  @Test
  void timePerJumpAndOrderAreThoseOfTheTwin() {
    Measured windowed = measured(seeds -> windowed(seeds, 8), 20, HISTORIES);
    double error = Math.hypot(windowed.relativeError(), exact.relativeError());
    assertThat(error).isLessThan(0.0012);
    assertThat(bias(windowed)).as("error %g", error).isEqualTo(0, within(ERRORS_OF_TIME * error));
    for (int i = 0; i < exact.order().size(); i++) {
      BlockedMean one = exact.order().get(i);
      BlockedMean other = windowed.order().get(i);
      double both = Math.hypot(one.error(), other.error());
      assertThat(both).isLessThan(0.006);
      assertThat(other.mean())
          .as("order parameter %d, error %g", i, both)
          .isEqualTo(one.mean(), within(ERRORS_OF_ORDER * both));
    }
  }

  /**
   * What the measurement can see: blocks of 4 cells have no margin, and vacancies that hop back and
   * forth across their borders lose jumps.
   */
  @Test
  void blocksWithoutMarginAreSeenToLoseJumps() {
    Measured windowed = measured(seeds -> windowed(seeds, 4), 30, 1);
    double error = Math.hypot(windowed.relativeError(), exact.relativeError());
    assertThat(bias(windowed)).isGreaterThan(0.01 + ERRORS_OF_TIME * error).isLessThan(0.1);
  }

  private static double bias(Measured windowed) {
    return windowed.secondsPerJump().mean() / exact.secondsPerJump().mean() - 1;
  }
}
