package org.latticelift.sim.vacancy.hamiltonian;

import java.util.List;

/**
 * What was fitted at one condition.
 *
 * @param all the fit to all runs, stages in the order of time
 * @param groups the same stages fitted to each group of runs (EX-07); empty without groups
 */
public record FittedStages(List<FittedStage> all, List<List<FittedStage>> groups) {
  /**
   * Without groups.
   *
   * @param all the fit to all runs
   */
  public FittedStages(List<FittedStage> all) {
    this(all, List.of());
  }

  /**
   * The rule by which large states are made.
   *
   * @param sites of the records' box
   * @return of all runs and of each group
   */
  public GroupedEnsembles ensembles(long sites) {
    return new GroupedEnsembles(
        new StagedEnsembles(all, sites),
        groups.stream().map(stages -> new StagedEnsembles(stages, sites)).toList());
  }
}
