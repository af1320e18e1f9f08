package org.latticelift.sim.system;

import org.latticelift.sim.random.RandomStream;

/**
 * Dynamics that evolve a whole state in pieces, so that a run can be saved, stopped and resumed
 * between two of them. The others evolve in one piece: then a request to stop waits for the next
 * record.
 *
 * @param <S> state
 */
public interface InterruptibleDynamics<S> extends Dynamics<S> {
  /**
   * Begins to evolve the whole state, with the bits of {@link #advance}.
   *
   * @param state changed while the stretch advances
   * @param duration how long
   * @param stream randomness, used while the stretch advances
   * @return nothing of it made yet
   */
  Stretch begin(S state, Duration duration, RandomStream stream);

  /**
   * Goes on with what {@link #begin} began.
   *
   * @param state as it was when the stretch was saved
   * @param duration as it began
   * @param stream as it was when the stretch was saved
   * @param memory from {@link Stretch#save}
   * @return the stretch as it was
   */
  Stretch resume(S state, Duration duration, RandomStream stream, byte[] memory);
}
