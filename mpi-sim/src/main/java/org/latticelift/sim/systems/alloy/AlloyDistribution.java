package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.DistributedDynamics;
import org.latticelift.sim.system.DistributedDynamics.DistributedRun;
import org.latticelift.sim.system.DistributedDynamics.SavedState;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.system.Duration.DurationSpec;
import org.latticelift.sim.system.Duration.StepLimit;
import org.latticelift.sim.system.Lifting.Environment;
import org.latticelift.sim.system.Lifting.Windows;
import org.latticelift.sim.system.Progression;
import org.latticelift.sim.system.RunContext;
import org.latticelift.sim.system.TimeScales;
import org.latticelift.sim.systems.alloy.AlloyConfig.Cells;
import org.latticelift.sim.systems.alloy.AlloyConfig.RelaxConfig;
import org.latticelift.sim.systems.alloy.AlloyState.VacancyPositions;
import org.latticelift.sim.systems.alloy.AlloySystem.AlloySetup;
import org.latticelift.sim.systems.alloy.CopiedTile.CompositionRepair;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.Relaxation;
import org.latticelift.sim.vacancy.sublattice.SampledLattice;
import org.latticelift.sim.vacancy.sublattice.SavedLattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.sublattice.UpsampledLattice;
import org.latticelift.sim.vacancy.sublattice.Upsampling;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem;

/** The large alloy as blocks that ranks own: synchronous sublattice kinetic Monte Carlo. */
final class AlloyDistribution implements DistributedDynamics {
  private final AlloySetup setup;
  private final SublatticeConfig config;
  private final CostEstimate costs;
  private final Optional<UpsampledStart> upsampled;

  AlloyDistribution(AlloySetup setup, SublatticeConfig config, CostEstimate costs) {
    this.setup = setup;
    this.config = config;
    this.costs = costs;
    this.upsampled = UpsampledStart.of(setup);
  }

  /** Of windows that are a number of seconds; others are as long as jumps take. */
  @Override
  public boolean followsSchedules() {
    return true;
  }

  @Override
  public void check(Condition condition, double time, double events) {
    if (config.windowS() > 0) {
      double length = time > 0 ? time : events * costs.eventTime(condition);
      StepLimit.require(length / config.windowS(), "direct.parallel.window_s");
    }
  }

  @Override
  public DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds) {
    VacancyProblem problem = problem(condition.value());
    InitialLattice initial = initial(problem, condition, run, seeds);
    return SublatticeRun.start(ranks, problem, config, seeds, initial, condition.key(), run);
  }

  private InitialLattice initial(
      VacancyProblem problem, Condition condition, int run, Streams seeds) {
    long key = condition.key();
    if (upsampled.isPresent()) {
      Upsampling plan = upsampled.get().plan(condition, run, seeds);
      return new UpsampledLattice(plan, problem, seeds, key, run);
    }
    return setup
        .lattices()
        .ensemble()
        .<InitialLattice>map(
            hamiltonian -> new SampledLattice(hamiltonian, problem, seeds, key, run))
        .orElseGet(
            () ->
                InitialLattice.random(
                    problem.counts(), seeds.stream(Purpose.DIRECT_INITIAL_STATE, key, run)));
  }

  @Override
  public DistributedRun resume(
      Communicator ranks, Condition condition, int run, Streams seeds, Path saved) {
    return SublatticeRun.resume(
        ranks, problem(condition.value()), config, seeds, condition.key(), run, saved);
  }

  private VacancyProblem problem(double kelvin) {
    AlloyLattices lattices = setup.lattices();
    Cells cells = lattices.large();
    long[] counts = lattices.counts(lattices.largeSites());
    return new VacancyProblem(
        setup.model().barrier(),
        setup.model().kinetics().kinetics(setup.model().atoms()),
        kelvin,
        setup.model().cacheBytes(),
        cells.nx(),
        cells.ny(),
        cells.nz(),
        counts,
        lattices.order(counts),
        setup.transport());
  }

  @Override
  public SavedState open(Path saved) {
    // A temperature is part of a problem, but not of what is stored.
    SavedLattice lattice = SavedLattice.open(problem(1), config, saved);
    return new SavedState(
        lattice.planes(),
        lattice::plane,
        (file, group) ->
            VacancyPositions.write(
                file,
                group,
                setup.lattices().crystal(),
                setup.lattices().large(),
                vacancies(lattice)),
        lattice::close);
  }

  private static long[] vacancies(SavedLattice lattice) {
    LongStream.Builder sites = LongStream.builder();
    for (int x = 0; x < lattice.planes(); x++) {
      byte[] plane = lattice.plane(x);
      for (int i = 0; i < plane.length; i++) {
        if (plane[i] == Lattice.VACANCY) {
          sites.add((long) x * plane.length + i);
        }
      }
    }
    return sites.build().toArray();
  }

  /**
   * The start of a distributed lattice from a file of the small size: sections {@code upsample} and
   * {@code relax}, as far as ranks can do it together.
   */
  static final class UpsampledStart {
    /** Jumps per vacancy of the small lattice that tell how long a jump takes; as many before. */
    private static final long PILOT_JUMPS = 2000;

    private static final int FEWEST_COMMON_CELLS = 3;

    private final AlloySetup setup;
    private final AlloyState small;
    private final List<Integer> factors;

    private UpsampledStart(AlloySetup setup, AlloyState small) {
      this.setup = setup;
      this.small = small;
      factors =
          setup.rules().sampled() ? List.of() : setup.rules().levels(setup.lattices().large());
    }

    /** Present if there is a start file; it must then be one that ranks can enlarge. */
    static Optional<UpsampledStart> of(AlloySetup setup) {
      if (setup.lattices().config().start().isEmpty() || setup.lattices().ensemble().isPresent()) {
        return Optional.empty();
      }
      AlloyState small =
          setup
              .lattices()
              .start(setup.lattices().small())
              .orElseThrow(
                  () ->
                      refused(
                          "a start from a file of the large lattice",
                          "lattice.start",
                          "a file of "
                              + setup.lattices().small().text()
                              + " (lattice.small), enlarged"));
      UpsampledStart start = new UpsampledStart(setup, small);
      start.check();
      return Optional.of(start);
    }

    private void check() {
      require(
          !setup.rules().sampled(),
          "upsample.tiles",
          "replicate or independent, or a start from hamiltonian.h5");
      require(!setup.rules().vacanciesToCentres(), "upsample.vacancies", "keep");
      require(setup.rules().relax().passes() == 1, "relax.passes", "1");
      require(
          !setup.rules().independentTiles() || factors.size() <= 1,
          "upsample.hierarchy",
          "direct, or tiles: replicate");
      Cells cells = setup.lattices().small();
      int common = common(cells.nx(), common(cells.ny(), cells.nz()));
      require(
          common >= FEWEST_COMMON_CELLS || factors.isEmpty(),
          "lattice.small",
          "axes with a common divisor of at least " + FEWEST_COMMON_CELLS + " cells");
      long tiles = 1;
      for (int factor : factors) {
        tiles *= (long) factor * factor * factor;
        long sites = tiles * setup.lattices().smallSites();
        CompositionRepair.requireVacancies(
            tiles * small.vacancies().length, setup.lattices().counts(sites)[0], sites);
      }
    }

    private static int common(int a, int b) {
      return b == 0 ? a : common(b, a % b);
    }

    private static void require(boolean holds, String where, String allowed) {
      if (!holds) {
        throw refused("an upsampled start that cannot be divided among ranks", where, allowed);
      }
    }

    private static LatticeLiftException refused(String what, String where, String allowed) {
      return LatticeLiftException.badData(
          what, where, allowed, "Change the key, or remove lattice.start or direct.parallel");
    }

    Upsampling plan(Condition condition, int run, Streams seeds) {
      return new Upsampling(
          small.lattice(),
          factors,
          setup.rules().independentTiles(),
          setup.lattices()::counts,
          relaxation(condition, run, seeds));
    }

    private Optional<Relaxation> relaxation(Condition condition, int run, Streams seeds) {
      RelaxConfig relax = setup.rules().relax();
      if (relax.windows() == Windows.NONE || factors.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Relaxation(
              relax.windows() == Windows.OVERLAPPING,
              relax.environment() == Environment.PERIODIC,
              duration(relax.duration(), condition, run, seeds)));
    }

    private Duration duration(DurationSpec spec, Condition condition, int run, Streams seeds) {
      if (spec.isEvents()) {
        return Duration.events((long) spec.value(condition));
      }
      double mean = spec.isTime() ? 0 : meanEventTime(condition, run, seeds);
      return Duration.time(
          spec.time(condition, TimeScales.ofEvents(mean), LiftingRules.AUTO_RELAX_JUMPS));
    }

    /** What a jump of a vacancy takes in the small lattice; the same on all ranks. */
    private double meanEventTime(Condition condition, int run, Streams seeds) {
      AlloyDynamics dynamics = new AlloyDynamics(setup, condition, RunContext.of(0));
      AlloyState state = small.copy();
      RandomStream stream = seeds.stream(Purpose.PILOT, condition.key(), run);
      int vacancies = small.vacancies().length;
      dynamics.advance(state, Duration.events(PILOT_JUMPS * vacancies), stream);
      Progression timed = dynamics.advance(state, Duration.events(PILOT_JUMPS * vacancies), stream);
      return timed.time() * vacancies / timed.events();
    }
  }
}
