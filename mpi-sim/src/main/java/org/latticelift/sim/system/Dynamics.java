package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.random.RandomStream;

/**
 * The dynamics of a system at one condition. Holds workspaces and caches, so one object serves one
 * thread; results never depend on what it did before. Three methods run a system; where it has
 * {@link Lifting}, {@link #observePatch}, {@link #upsample} and {@link #patches} make training
 * samples of it ({@code S}: state).
 */
public interface Dynamics<S> {
  /**
   * A fresh initial state ({@code extent}: its size and role: small and large systems may start
   * differently).
   */
  S initial(Extent extent, RandomStream stream);

  /** Evolves the whole state ({@code state}: changed). */
  Progression advance(S state, Duration duration, RandomStream stream);

  /**
   * Observables of the whole state (the fixed map of ME-01) ({@code state}: not modified); one
   * number per observable.
   */
  double[] observe(S state);

  /**
   * What a record of a run has beside the observables, where the options of the system say so
   * ({@code state}: of a run, of which this is told record after record; what is measured since the
   * last one may change).
   */
  default double[] measure(S state) {
    throw missing("measure");
  }

  /**
   * Begins to evolve the whole state, with the bits of {@link #advance}: in pieces, so that a run
   * can be saved, stopped and resumed between two of them, where {@link #resume} is implemented,
   * too; else in one, and a request to stop waits for the next record ({@code state}: changed while
   * the stretch advances; {@code stream}: randomness, used while the stretch advances).
   */
  default Stretch begin(S state, Duration duration, RandomStream stream) {
    return Stretch.ofOnePiece(() -> advance(state, duration, stream));
  }

  /** Goes on with what {@link #begin} began ({@code memory}: from {@link Stretch#save}). */
  default Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory) {
    throw LatticeLiftException.badData(
        "a run that was saved between two records",
        getClass().getName(),
        "dynamics that evolve in pieces, as those that began it did",
        "Resume with the version of the system that began, or start over with --overwrite");
  }

  /**
   * Observables of one patch; their mean over patches is that of the whole (DI-04, DI-55) ({@code
   * state}: not modified; {@code patch}: 0 to K - 1); one number per observable.
   */
  default double[] observePatch(S state, long patch) {
    throw missing("observePatch");
  }

  /**
   * Observables of an upsampled state, of which those of its patches are parts ({@code state}: not
   * modified), as {@link #observe}, unless patches are not parts of the lattice as it is put
   * together.
   */
  default double[] observeUpsampled(S state) {
    return observe(state);
  }

  /**
   * Builds a large state from small snapshots, with relaxation at every level (Algorithm 1, ME-80).
   * {@code extent}: size to reach.
   */
  default S upsample(SnapshotPool<S> pool, Extent extent, RandomStream build, RandomStream relax) {
    throw missing("upsample");
  }

  /**
   * Opens a large state for partial evolutions.
   *
   * @param state not modified; must not change while its patches are in use
   * @param compensated whether compensators are computed, which changes no other result; see {@link
   *     Patches.PartialEvolution#compensator}
   * @return its patches, until these dynamics are used for another state
   */
  default Patches<S> patches(S state, boolean compensated) {
    throw missing("patches");
  }

  /**
   * Evolves a randomly chosen patch of a large state and leaves the state as it was (ME-12). {@code
   * state}: unchanged on return.
   */
  default Patches.PartialEvolution evolve(S state, Duration duration, RandomStream stream) {
    Patches<S> patches = patches(state, false);
    return patches.evolve(patches.draw(stream), duration, stream);
  }

  /**
   * A patch as the input of an encoder (ME-05), where the system has an {@link Encoding} ({@code
   * state}: not modified; {@code patch}: 0 to K - 1); numbers in the order of the encoding.
   */
  default float[] encoderInput(S state, long patch) {
    throw missing("encoderInput");
  }

  private IllegalStateException missing(String method) {
    return new IllegalStateException(
        getClass().getName() + " has no " + method + ", which the options of its system promise");
  }
}
