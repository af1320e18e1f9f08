package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of a {@link LiftableSystem}, which build large states and evolve a part of them.
 *
 * @param <S> state
 */
public interface LiftableDynamics<S> extends Dynamics<S> {
  /**
   * Observables of one patch; their mean over patches is that of the whole (DI-04, DI-55).
   *
   * @param state not modified
   * @param patch 0 to K - 1
   * @return one number per observable
   */
  double[] observePatch(S state, long patch);

  /**
   * Observables of an upsampled state, of which those of its patches are parts.
   *
   * @param state not modified
   * @return as {@link #observe}, unless patches are not parts of the lattice as it is put together
   */
  default double[] observeUpsampled(S state) {
    return observe(state);
  }

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
