package org.latticelift.sim.system;

import java.util.function.Supplier;
import org.latticelift.io.run.task.StopSignal;

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
   * @return bytes for {@link Dynamics#resume}
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
   * A stretch of one piece.
   *
   * @param evolution makes it all
   * @return not made yet
   */
  static Stretch whole(Supplier<Progression> evolution) {
    return new WholeStretch(evolution);
  }
}
