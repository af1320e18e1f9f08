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
   * The Hamiltonian of large states like a record.
   *
   * @param group of the record; -1 without groups
   * @param record its pairs of all shells
   * @return to be sampled at any size
   */
  public EffectiveHamiltonian like(int group, PairCounts record) {
    return (group < 0 || groups.isEmpty() ? all : groups.get(group)).like(record);
  }
}
