package org.latticelift.sim.system;

import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.random.RandomStream;

/**
 * An evolution of a whole state that is made in pieces, so that it can be interrupted between two
 * of them. The bits are those of one piece, wherever it is interrupted, saved and resumed: a piece
 * is bounded by events or steps, never by wall time. Serves one thread; a dynamics has one stretch
 * under way at a time.
 */
public interface Stretch {
  /**
   * Whether the end is reached; then the state is that of the end.
   *
   * @return false while something is left to do
   */
  boolean done();

  /** Makes the next piece, about 0.1 s of work; called until it is done. */
  void advance();

  /**
   * What was made so far, all of it at the end.
   *
   * @return events and time since the beginning of the stretch
   */
  Progression made();

  /**
   * Brings the state up to date, which may lag behind between pieces, and tells what has to be kept
   * beside it and the stream to continue bit for bit. The stretch may go on afterwards.
   *
   * @return bytes for {@link InterruptibleDynamics#resume}
   */
  byte[] save();

  /**
   * Makes all pieces.
   *
   * @param stop ends the evolution with {@link StopSignal#check} between two pieces; then the state
   *     is of no more use
   * @return events and time
   */
  default Progression finish(StopSignal stop) {
    while (!done()) {
      stop.check();
      advance();
    }
    return made();
  }

  /**
   * Begins to evolve a whole state: in pieces where its dynamics can, else in one.
   *
   * @param dynamics any
   * @param state changed while the stretch advances
   * @param duration how long
   * @param stream randomness, used while the stretch advances
   * @param <S> state
   * @return nothing of it made yet
   */
  static <S> Stretch begin(Dynamics<S> dynamics, S state, Duration duration, RandomStream stream) {
    return dynamics instanceof InterruptibleDynamics<S> interruptible
        ? interruptible.begin(state, duration, stream)
        : new WholeStretch(() -> dynamics.advance(state, duration, stream));
  }

  /**
   * Goes on with what {@link #begin} began and {@link #save} kept.
   *
   * @param dynamics as those that began
   * @param state as it was when the stretch was saved
   * @param duration as it began
   * @param stream as it was when the stretch was saved
   * @param memory from {@link #save}
   * @param <S> state
   * @return the stretch as it was
   */
  static <S> Stretch resume(
      Dynamics<S> dynamics, S state, Duration duration, RandomStream stream, byte[] memory) {
    if (dynamics instanceof InterruptibleDynamics<S> interruptible) {
      return interruptible.resume(state, duration, stream, memory);
    }
    throw LatticeLiftException.badData(
        "a run that was saved between two records",
        dynamics.getClass().getName(),
        "dynamics that evolve in pieces, as those that began it did",
        "Resume with the version of the system that began, or begin anew with --overwrite");
  }
}
