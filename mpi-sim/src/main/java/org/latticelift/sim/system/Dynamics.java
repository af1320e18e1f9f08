package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of a system at one condition. Holds workspaces and caches, so one object serves one
 * thread; results never depend on what it did before. What only some dynamics can do is an
 * interface of its own: {@link LiftableDynamics}, {@link InterruptibleDynamics}, {@link
 * EncodableDynamics}, {@link PatchDynamics}.
 *
 * @param <S> state
 */
public interface Dynamics<S> {
  /**
   * A fresh initial state.
   *
   * @param extent its size and role: small and large systems may start differently
   * @param stream randomness
   * @return a new state
   */
  S initial(Extent extent, RandomStream stream);

  /**
   * Evolves the whole state.
   *
   * @param state changed
   * @param duration how long
   * @param stream randomness
   * @return events and time
   */
  Progression advance(S state, Duration duration, RandomStream stream);

  /**
   * Observables of the whole state (the fixed map of ME-01).
   *
   * @param state not modified
   * @return one number per observable
   */
  double[] observe(S state);
}
