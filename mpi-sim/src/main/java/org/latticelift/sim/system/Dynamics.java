package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of a system at one condition. Holds workspaces and caches, so one object serves one
 * thread; results never depend on what it did before.
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
   * Begins to evolve the whole state in pieces, with the bits of {@link #advance}. A system that
   * does not implement it evolves in one piece: then a request to stop waits for the next record.
   *
   * @param state changed while the stretch advances
   * @param duration how long
   * @param stream randomness, used while the stretch advances
   * @return nothing of it made yet
   */
  default Stretch begin(S state, Duration duration, RandomStream stream) {
    return Stretch.whole(() -> advance(state, duration, stream));
  }

  /**
   * Goes on with what {@link #begin} began; has to be implemented together with it.
   *
   * @param state as it was when the stretch was saved
   * @param duration as it began
   * @param stream as it was when the stretch was saved
   * @param memory from {@link Stretch#save}
   * @return the stretch as it was
   */
  default Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
    throw new IllegalStateException(
        getClass().getName() + " evolves in pieces, but does not resume them");
  }

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
   * A patch as the input of an encoder (ME-05).
   *
   * @param state not modified
   * @param patch 0 to K - 1
   * @return numbers in a fixed order
   */
  default float[] encoderInput(S state, long patch) {
    throw LatticeLiftException.badData(
        "this system has no input for an encoder",
        "closure.dim",
        "0, or a system whose dynamics implement encoderInput",
        "Set closure.dim to 0");
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

  /**
   * As {@link #evolve(Object, Duration, RandomStream)}, and shows the evolved patch; only for
   * systems with an {@link MicroscopicSystem#encoding}, which have to implement it.
   *
   * @param state unchanged on return
   * @param duration how long
   * @param stream randomness of choice and evolution
   * @param look sees the evolved patch
   * @return the same as without looking
   */
  default PartialEvolution evolve(
      S state, Duration duration, RandomStream stream, EvolvedPatch<S> look) {
    throw new IllegalStateException(
        getClass().getName() + " does not show evolved patches, which an encoding needs");
  }
}
