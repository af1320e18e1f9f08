package org.latticelift.sim.vacancy.hamiltonian;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Lifting.RelaxationStages;
import org.latticelift.sim.system.SnapshotPool;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.EnsembleAverages;
import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian.FittedStage;
import org.latticelift.sim.vacancy.lattice.Lattice;

/**
 * Fits Hamiltonians along the relaxation of a small system at one condition, in the records' own
 * box (EX-21): a sampler of another size would give that size the order of the small one. Every fit
 * begins with the parameters of the stage before it.
 */
public final class StagedFit {
  private static final int FEWEST_STATES = 100;

  /** From so many on, shifts measured at 2000, 1000 and 600 K left fluctuations as they were. */
  private static final int FEWEST_OF_GROUP = 10;

  private final PairKinds kinds;
  private final int shells;
  private final HamiltonianFit.Settings settings;

  /** Sees a stage begin. */
  @FunctionalInterface
  public interface StageObserver {
    /** The fit of a stage begins ({@code stage}: from 1 on). */
    void begins(int stage, int stages);
  }

  /** Fits of one kind. */
  public StagedFit(PairKinds kinds, int shells, HamiltonianFit.Settings settings) {
    this.kinds = kinds;
    this.shells = shells;
    this.settings = settings;
  }

  /** Fits all stages, in the order of time. */
  public List<FittedStage> fit(
      SnapshotPool<Lattice> pool, RandomStream stream, StageObserver observer) {
    List<FittedStage> stages = new ArrayList<>();
    HamiltonianFit fit =
        new HamiltonianFit(settings, pool.snapshot(0, pool.records() - 1), shells, stream);
    EffectiveHamiltonian last = EffectiveHamiltonian.none(kinds, shells);
    List<int[]> ranges = RelaxationStages.of(pool.runs(), pool.records(), FEWEST_STATES);
    for (int[] range : ranges) {
      observer.begins(stages.size() + 1, ranges.size());
      EnsembleAverages wanted = averages(pool, range[0], range[1] - 1);
      HamiltonianFit.Result found = fit.fit(last, wanted.fitted());
      last = found.hamiltonian();
      stages.add(stage(range[0], range[1] - 1, wanted, found));
    }
    return stages;
  }

  /**
   * Shifts the stages of all runs to one group of them (EX-07), so that it has a fit of its own for
   * the cost of few steps. Where fewer than {@value #FEWEST_OF_GROUP} states of the group are in a
   * stage, it keeps the fit of all: their mean numbers are more chance than the group's.
   *
   * @param all what {@link #fit} has found
   * @param group its records, of the same box and composition
   * @return as many stages; {@code states} tells which are the group's own
   */
  public List<FittedStage> shifted(
      List<FittedStage> all,
      SnapshotPool<Lattice> group,
      RandomStream stream,
      StageObserver observer) {
    HamiltonianFit fit = new HamiltonianFit(settings, group.snapshot(0, 0), shells, stream);
    List<FittedStage> stages = new ArrayList<>();
    for (FittedStage stage : all) {
      observer.begins(stages.size() + 1, all.size());
      int first = stage.firstRecord();
      int last = stage.lastRecord();
      EnsembleAverages wanted = averages(group, first, last);
      stages.add(
          wanted.states() < FEWEST_OF_GROUP
              ? stage
              : stage(first, last, wanted, fit.shifted(stage, wanted.fitted())));
    }
    return stages;
  }

  private static FittedStage stage(
      int first, int last, EnsembleAverages wanted, HamiltonianFit.Result found) {
    return new FittedStage(
        first,
        last,
        wanted.states(),
        found.hamiltonian(),
        wanted.pairs(),
        found.averages().pairs(),
        wanted.triangles(),
        found.averages().triangles(),
        found.averages().covariance(),
        found.misfit());
  }

  private EnsembleAverages averages(SnapshotPool<Lattice> pool, int first, int last) {
    EnsembleAverages averages = new EnsembleAverages(pool.snapshot(0, 0).crystal(), kinds, shells);
    for (int run = 0; run < pool.runs(); run++) {
      for (int record = 0; record < pool.records(); record++) {
        int place = pool.place(record);
        if (first <= place && place <= last) {
          averages.add(pool.snapshot(run, record), true);
        }
      }
    }
    return averages;
  }
}
