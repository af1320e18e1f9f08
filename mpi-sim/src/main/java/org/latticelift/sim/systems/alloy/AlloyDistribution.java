package org.latticelift.sim.systems.alloy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.CostEstimate;
import org.latticelift.sim.system.SavedState;
import org.latticelift.sim.system.StepLimit;
import org.latticelift.sim.system.TunableDynamics;
import org.latticelift.sim.system.TunableRun;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.SampledLattice;
import org.latticelift.sim.vacancy.sublattice.SavedLattice;
import org.latticelift.sim.vacancy.sublattice.SublatticeConfig;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;
import org.latticelift.sim.vacancy.sublattice.UpsampledLattice;
import org.latticelift.sim.vacancy.sublattice.Upsampling;
import org.latticelift.sim.vacancy.sublattice.VacancyProblem;

/** The large alloy as blocks that ranks own: synchronous sublattice kinetic Monte Carlo. */
final class AlloyDistribution implements TunableDynamics {
  private final AlloySetup setup;
  private final SublatticeConfig config;
  private final CostEstimate costs;
  private final Optional<UpsampledStart> upsampled;

  /**
   * @param costs tell how long jumps take
   */
  AlloyDistribution(AlloySetup setup, SublatticeConfig config, CostEstimate costs) {
    this.setup = setup;
    this.config = config;
    this.costs = costs;
    this.upsampled = UpsampledStart.of(setup);
  }

  /** Of windows that are a number of seconds; others are as long as jumps take. */
  @Override
  public void check(Condition condition, double time, double events) {
    if (config.windowS() > 0) {
      double length = time > 0 ? time : events * costs.eventTime(condition);
      StepLimit.require(length / config.windowS(), "direct.parallel.window_s");
    }
  }

  @Override
  public TunableRun start(Communicator ranks, Condition condition, int run, Streams seeds) {
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
  public TunableRun resume(
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
        setup.model().kinetics().kinetics(),
        kelvin,
        setup.model().cacheBytes(),
        cells.nx(),
        cells.ny(),
        cells.nz(),
        counts,
        lattices.order(counts));
  }

  @Override
  public SavedState open(Path saved) {
    // A temperature is part of a problem, but not of what is stored.
    SavedLattice lattice = SavedLattice.open(problem(1), config, saved);
    return new SavedState() {
      @Override
      public int planes() {
        return lattice.planes();
      }

      @Override
      public byte[] plane(int x) {
        return lattice.plane(x);
      }

      @Override
      public void details(Hdf5Writer file, String group) {
        VacancyPositions.write(
            file, group, setup.lattices().crystal(), setup.lattices().large(), vacancies(lattice));
      }

      @Override
      public void close() {
        lattice.close();
      }
    };
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
}
