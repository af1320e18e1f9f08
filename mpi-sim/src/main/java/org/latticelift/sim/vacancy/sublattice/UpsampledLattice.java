package org.latticelift.sim.vacancy.sublattice;

import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Permutation;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.kmc.EnvironmentCache;
import org.latticelift.sim.vacancy.kmc.VacancyKernel;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * A large lattice made of a small one level by level, divided among the ranks (ME-80). A rank holds
 * its own cells and as many around as a window reaches; blocks of a level go to the next one plane
 * by plane. Equal cells on any number of ranks: who relaxes a window, and which levels are divided,
 * changes nothing.
 */
public final class UpsampledLattice implements InitialLattice {
  private final Upsampling how;
  private final VacancyProblem problem;
  private final Streams seeds;
  private final long condition;
  private final long run;
  private final int[] window;
  private EnvironmentCache cache;

  /**
   * Plans the lattice.
   *
   * @param how it is made
   * @param problem what is simulated afterwards, at the same temperature
   * @param seeds of everything random
   * @param condition key of the condition
   * @param run number of the run
   */
  public UpsampledLattice(
      Upsampling how, VacancyProblem problem, Streams seeds, long condition, long run) {
    this.how = how;
    this.problem = problem;
    this.seeds = seeds;
    this.condition = condition;
    this.run = run;
    this.window = how.cells(0);
  }

  @Override
  public void fill(Communicator ranks, Domain domain, Lattice lattice) {
    if (how.factors().isEmpty()) {
      copySmall(domain, lattice);
      return;
    }
    Share block = null;
    for (int level = 1; level <= how.factors().size(); level++) {
      block = level(level, block, ranks, domain.blocks().edge());
    }
    block.copyTo(domain, lattice);
    cache = null;
  }

  private void copySmall(Domain domain, Lattice lattice) {
    new TileCopy(new Share(null, domain, lattice), window).small(how.small(), null);
  }

  private Share level(int level, Share before, Communicator ranks, int edge) {
    int[] cells = how.cells(level);
    Share share = Share.of(ranks, problem.barrier().crystal(), cells, edge, window);
    TileCopy tiles = new TileCopy(share, how.cells(level - 1));
    if (before == null) {
      tiles.small(how.small(), how.shifted() ? seeds : null, condition, run, level);
    } else {
      before.spread(tiles::rectangle);
    }
    repair(share, level);
    how.relaxation().ifPresent(relaxation -> relax(share, relaxation, level));
    return share;
  }

  private void repair(Share share, int level) {
    BlockGrid blocks = share.domain().blocks();
    long cells = (long) blocks.nx() * blocks.ny() * blocks.nz();
    long sites = cells * problem.barrier().crystal().basisCount();
    Permutation candidates =
        new Permutation(sites, seeds.stream(Purpose.UPSAMPLE, condition, run, level));
    new CompositionMatch(share, candidates).reach(how.counts().apply(sites));
  }

  private void relax(Share share, Upsampling.Relaxation relaxation, int level) {
    new WindowRelaxation(share, window, relaxation, this::kernel)
        .relax(number -> seeds.stream(Purpose.RELAX, condition, run, level, number));
  }

  private VacancyKernel kernel(Lattice lattice) {
    if (cache == null && problem.cacheBytes() > 0) {
      cache = new EnvironmentCache(problem.barrier(), problem.kelvin(), problem.cacheBytes());
    }
    return problem.kinetics().kernel(lattice, problem.barrier(), problem.kelvin(), cache);
  }
}
