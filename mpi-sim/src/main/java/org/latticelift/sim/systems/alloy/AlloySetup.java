package org.latticelift.sim.systems.alloy;

/**
 * Everything that is fixed for an alloy beside the temperature. Immutable.
 *
 * @param model how vacancies jump
 * @param lattices sizes, atoms, initial states
 * @param rules how lattices are enlarged and patches evolve
 */
record AlloySetup(AlloyModel model, AlloyLattices lattices, LiftingRules rules) {
  /** The same for a thread that goes through many temperatures. */
  AlloySetup remembering() {
    return new AlloySetup(model.remembering(), lattices, rules);
  }

  /** The same for a few jumps. */
  AlloySetup withoutCache() {
    return new AlloySetup(model.withoutCache(), lattices, rules);
  }
}
