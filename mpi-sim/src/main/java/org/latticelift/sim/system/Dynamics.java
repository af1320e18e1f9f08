package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of a system at one condition. Holds workspaces and caches, so one object serves one
 * thread; results never depend on what it did before. What only some dynamics can do is an
 * interface of its own: {@link InterruptibleDynamics}, {@link EncodableDynamics}, {@link
 * PatchDynamics}.
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

  /**
   * Observables of one patch; their mean over patches is that of the whole (DI-04, DI-55).
   *
   * @param state not modified
   * @param patch 0 to K - 1
   * @return one number per observable
   */
  double[] observePatch(S state, long patch);

  /**
   * Builds a large state from small snapshots, with relaxation at every level (Algorithm 1, ME-80).
   *
   * @param pool snapshots at this condition
   * @param extent size to reach
   * @param build randomness of choice and placement
   * @param relax randomness of the relaxation
   * @return a new state
   */
  S upsample(SnapshotPool<S> pool, Extent extent, RandomStream build, RandomStream relax);

  /**
   * Relaxes an upsampled state in overlapping windows (LocalRelax of ME-80, ME-83).
   *
   * @param state changed
   * @param stream randomness
   */
  default void relax(S state, RandomStream stream) {
    // A system whose upsampled states need no relaxation.
  }

  /**
   * Evolves a randomly chosen patch of a large state and leaves the state as it was (ME-12).
   *
   * @param state unchanged on return
   * @param duration how long
   * @param stream randomness of choice and evolution
   * @return increment of the observables and duration
   */
  PartialEvolution evolve(S state, Duration duration, RandomStream stream);
}
