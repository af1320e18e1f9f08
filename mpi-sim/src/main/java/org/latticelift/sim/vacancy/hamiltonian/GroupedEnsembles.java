package org.latticelift.sim.vacancy.hamiltonian;

import java.util.List;

/**
 * Ensembles for large states of one condition: those of the fit to all runs, and of each group its
 * own, so that states of different groups share no fit (EX-07). Immutable.
 *
 * @param all of all runs
 * @param groups of each group; empty where groups were not told apart
 */
public record GroupedEnsembles(StagedEnsembles all, List<StagedEnsembles> groups) {
  /**
   * The Hamiltonian of large states like the mean of records.
   *
   * @param group of the records; -1 without groups
   * @param records their pairs of all shells, at least one
   * @return to be sampled at any size
   */
  public EffectiveHamiltonian like(int group, List<PairCounts> records) {
    return (group < 0 || groups.isEmpty() ? all : groups.get(group)).like(records);
  }
}
