package org.latticelift.sim.systems.alloy;

import java.util.Map;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.vacancy.hamiltonian.StagedEnsembles.GroupedEnsembles;

/**
 * Everything that is fixed for an alloy beside the temperature. Immutable.
 *
 * @param model how vacancies jump
 * @param lattices sizes, atoms, initial states
 * @param rules how lattices are enlarged and patches evolve
 * @param ensembles what large states are sampled from, where that has been fitted
 */
record AlloySetup(
    AlloyModel model,
    AlloyLattices lattices,
    LiftingRules rules,
    Map<Condition, GroupedEnsembles> ensembles) {
  /** Nothing is fitted yet. */
  AlloySetup(AlloyModel model, AlloyLattices lattices, LiftingRules rules) {
    this(model, lattices, rules, Map.of());
  }

  /** The same for a thread that goes through many temperatures. */
  AlloySetup remembering() {
    return new AlloySetup(model.remembering(), lattices, rules, ensembles);
  }

  /** The same for a few jumps. */
  AlloySetup withoutCache() {
    return new AlloySetup(model.withoutCache(), lattices, rules, ensembles);
  }

  /** The same with what was fitted. */
  AlloySetup with(Map<Condition, GroupedEnsembles> fitted) {
    return new AlloySetup(model, lattices, rules, Map.copyOf(fitted));
  }
}
