package org.latticelift.sim.system;

import java.util.function.Supplier;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Dynamics.Progression;

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
   * An evolution that cannot be interrupted.
   *
   * @param evolution makes all of it
   * @return nothing of it made yet
   */
  static Stretch ofOnePiece(Supplier<Progression> evolution) {
    return new OnePiece(evolution);
  }

  /** The evolution of a system that cannot be interrupted. */
  final class OnePiece implements Stretch {
    private final Supplier<Progression> evolution;
    private Progression made;

    OnePiece(Supplier<Progression> evolution) {
      this.evolution = evolution;
    }

    @Override
    public boolean done() {
      return made != null;
    }

    @Override
    public void advance() {
      made = evolution.get();
    }

    @Override
    public Progression made() {
      return made == null ? new Progression(0, 0) : made;
    }

    @Override
    public byte[] save() {
      throw new IllegalStateException("an evolution of one piece is saved before or after it");
    }
  }
}
