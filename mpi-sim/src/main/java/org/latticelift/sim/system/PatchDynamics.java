package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * Dynamics that evolve patches of the caller's choice, and all of them together, and that know
 * their generator: what increments are expected to be as long as a state lasts.
 *
 * @param <S> state
 */
public interface PatchDynamics<S> extends LiftableDynamics<S> {
  /**
   * Opens a large state for partial evolutions.
   *
   * @param state not modified; must not change while its patches are in use
   * @param compensated whether compensators are computed, which changes no other result; see {@link
   *     PartialEvolution#compensator}
   * @return its patches, until these dynamics are used for another state
   */
  Patches patches(S state, boolean compensated);

  @Override
  default PartialEvolution evolve(S state, Duration duration, RandomStream stream) {
    Patches patches = patches(state, false);
    return patches.evolve(patches.draw(stream), duration, stream);
  }
}
