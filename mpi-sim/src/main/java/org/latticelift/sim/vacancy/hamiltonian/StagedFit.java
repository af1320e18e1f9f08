package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.RelaxationStages;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Fits Hamiltonians along the relaxation of a small system at one condition, in the records' own
 * box (EX-21): a sampler of another size would give that size the order of the small one. Every fit
 * begins with the parameters of the stage before it.
 */
public final class StagedFit {
  private static final int FEWEST_STATES = 100;

  private final PairKinds kinds;
  private final int shells;
  private final HamiltonianFit.Settings settings;

  /**
   * Fits of one kind.
   *
   * @param kinds what is told apart
   * @param shells of the Hamiltonian
   * @param settings how much is sampled
   */
  public StagedFit(PairKinds kinds, int shells, HamiltonianFit.Settings settings) {
    this.kinds = kinds;
    this.shells = shells;
    this.settings = settings;
  }

  /**
   * Fits all stages.
   *
   * @param pool records of runs of one box and composition
   * @param stream randomness
   * @return in the order of time
   */
  public List<FittedStage> fit(SnapshotPool<Lattice> pool, RandomStream stream) {
    List<FittedStage> stages = new ArrayList<>();
    HamiltonianFit fit =
        new HamiltonianFit(settings, pool.snapshot(0, pool.records() - 1), shells, stream);
    EffectiveHamiltonian last = EffectiveHamiltonian.none(kinds, shells);
    for (int[] range : RelaxationStages.of(pool.runs(), pool.records(), FEWEST_STATES)) {
      EnsembleAverages wanted = averages(pool, range);
      HamiltonianFit.Result found = fit.fit(last, wanted.fitted());
      last = found.hamiltonian();
      stages.add(
          new FittedStage(
              range[0],
              range[1] - 1,
              wanted.states(),
              last,
              wanted.pairs(),
              found.averages().pairs(),
              wanted.triangles(),
              found.averages().triangles(),
              found.averages().covariance(),
              found.misfit()));
    }
    return stages;
  }

  private EnsembleAverages averages(SnapshotPool<Lattice> pool, int[] range) {
    EnsembleAverages averages =
        new EnsembleAverages(pool.snapshot(0, range[0]).crystal(), kinds, shells);
    for (int run = 0; run < pool.runs(); run++) {
      for (int record = range[0]; record < range[1]; record++) {
        averages.add(pool.snapshot(run, record), true);
      }
    }
    return averages;
  }
}
