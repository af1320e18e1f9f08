package org.latticelift.sim.vacancy.sublattice;

import java.util.Arrays;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeLattice;
import org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler;
import org.latticelift.sim.vacancy.lattice.Lattice;
import org.latticelift.sim.vacancy.sublattice.ColouredWindows.Share;
import org.latticelift.sim.vacancy.sublattice.SublatticeRun.InitialLattice;

/**
 * A state of the ensemble of an effective Hamiltonian (EX-21), divided among the ranks. From a
 * random alloy on, sites of overlapping windows are exchanged within their surroundings, which
 * leaves the distribution as it is; atoms pass from window to window. Order within some windows is
 * that of the ensemble; waves of composition that are much longer keep the amplitude of a random
 * alloy. Equal cells on any number of ranks.
 *
 * <p>Cost: 30 attempts of 150 ns for every site of the rank; memory: a second copy of the rank's
 * cells with a halo of 15.
 */
public final class SampledLattice implements InitialLattice {
  /** Cells of a window along an axis; twice as many have room, or the window is the whole axis. */
  private static final int WINDOW = 8;

  private static final int PASSES = 4;

  /** Attempted exchanges for a site in all; half-overlapping windows have it eight times a pass. */
  private static final int ATTEMPTS_PER_SITE = 30;

  private static final int WINDOWS_OF_A_SITE = 8;

  private final EffectiveHamiltonian hamiltonian;
  private final VacancyProblem problem;
  private final Streams seeds;
  private final long condition;
  private final long run;

  /**
   * Plans the lattice ({@code problem}: what is simulated afterwards: crystal, size and composition
   * are taken from it).
   */
  public SampledLattice(
      EffectiveHamiltonian hamiltonian,
      VacancyProblem problem,
      Streams seeds,
      long condition,
      long run) {
    this.hamiltonian = hamiltonian;
    this.problem = problem;
    this.seeds = seeds;
    this.condition = condition;
    this.run = run;
  }

  @Override
  public void fill(Communicator ranks, Domain domain, Lattice lattice) {
    int[] cells = {problem.nx(), problem.ny(), problem.nz()};
    int[] window = Arrays.stream(cells).map(SampledLattice::window).toArray();
    int edge = domain.blocks().edge();
    Share share = Share.of(ranks, problem.barrier().crystal(), cells, edge, window);
    InitialLattice.random(
            problem.counts(), seeds.stream(Purpose.DIRECT_INITIAL_STATE, condition, run))
        .fill(share.ranks(), share.domain(), share.lattice());
    order(share, window);
    share.copyTo(domain, lattice);
  }

  /** No window may meet itself around a periodic axis. */
  private static int window(int cells) {
    return cells < 2 * WINDOW ? cells : WINDOW;
  }

  private void order(Share share, int[] window) {
    ColouredWindows windows = new ColouredWindows(share, window, true);
    ExchangeLattice exchange =
        new ExchangeLattice(share.lattice(), window[0], window[1], window[2], hamiltonian.shells());
    int turns = PASSES * WINDOWS_OF_A_SITE;
    long attempts = ((long) ATTEMPTS_PER_SITE * exchange.sites() + turns - 1) / turns;
    for (int i = 0; i < PASSES; i++) {
      long pass = i;
      windows.visit(
          (at, number) -> {
            exchange.load(share.lattice(), at[0], at[1], at[2]);
            new ExchangeSampler(hamiltonian, exchange)
                .attempt(attempts, seeds.stream(Purpose.UPSAMPLE, condition, run, pass, number));
            windows.eachSite(at, (inside, site) -> windows.change(site, exchange.get(inside)));
          });
    }
  }
}
