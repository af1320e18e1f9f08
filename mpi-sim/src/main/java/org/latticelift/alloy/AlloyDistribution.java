package org.latticelift.alloy;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.LongStream;
import org.latticelift.communicator.Communicator;
import org.latticelift.hdf5.Hdf5Writer;
import org.latticelift.lattice.Lattice;
import org.latticelift.random.Purpose;
import org.latticelift.random.Streams;
import org.latticelift.sublattice.InitialLattice;
import org.latticelift.sublattice.SavedLattice;
import org.latticelift.sublattice.SublatticeConfig;
import org.latticelift.sublattice.SublatticeRun;
import org.latticelift.sublattice.UpsampledLattice;
import org.latticelift.sublattice.VacancyProblem;
import org.latticelift.system.Condition;
import org.latticelift.system.DistributedDynamics;
import org.latticelift.system.DistributedRun;
import org.latticelift.system.SavedState;

/** The large alloy as blocks that ranks own: synchronous sublattice kinetic Monte Carlo. */
final class AlloyDistribution implements DistributedDynamics {
  private final AlloySetup setup;
  private final SublatticeConfig config;
  private final Optional<UpsampledStart> upsampled;

  AlloyDistribution(AlloySetup setup, SublatticeConfig config) {
    this.setup = setup;
    this.config = config;
    this.upsampled = UpsampledStart.of(setup);
  }

  @Override
  public DistributedRun start(Communicator ranks, Condition condition, int run, Streams seeds) {
    VacancyProblem problem = problem(condition.value());
    InitialLattice initial =
        upsampled.isPresent()
            ? new UpsampledLattice(
                upsampled.get().plan(condition, run, seeds), problem, seeds, condition.key(), run)
            : InitialLattice.random(
                problem.counts(), seeds.stream(Purpose.DIRECT_INITIAL_STATE, condition.key(), run));
    return SublatticeRun.start(ranks, problem, config, seeds, initial, condition.key(), run);
  }

  @Override
  public DistributedRun resume(
      Communicator ranks, Condition condition, int run, Streams seeds, Path saved) {
    return SublatticeRun.resume(
        ranks, problem(condition.value()), config, seeds, condition.key(), run, saved);
  }

  private VacancyProblem problem(double kelvin) {
    Cells cells = setup.largeCells();
    long[] counts = setup.counts(cells.sites(setup.crystal()));
    return new VacancyProblem(
        setup.barrier(),
        kelvin,
        setup.cacheBytes(),
        cells.nx(),
        cells.ny(),
        cells.nz(),
        counts,
        setup.order(counts));
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
            file, group, setup.crystal(), setup.largeCells(), vacancies(lattice));
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
