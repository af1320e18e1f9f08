package org.latticelift.sim.system;

import java.nio.ByteBuffer;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.sim.system.Dynamics.Progression;

/** Events one after the other, until there are enough of them or a time is reached. */
public abstract class EventStretch implements Stretch {
  private static final int HEAD = Long.BYTES + Double.BYTES;

  private final boolean byTime;
  private final long most;
  private final double stop;
  private final long perPiece;
  private long events;
  private double time;
  private boolean done;

  /**
   * Nothing is made yet.
   *
   * @param duration how long
   * @param perPiece events of a piece
   */
  protected EventStretch(Duration duration, long perPiece) {
    this.perPiece = perPiece;
    byTime = duration.kind() == Duration.Kind.TIME;
    stop = byTime ? duration.value() : Double.POSITIVE_INFINITY;
    most = byTime ? Long.MAX_VALUE : (long) duration.value();
    done = !byTime && most <= 0;
  }

  /**
   * What a piece did.
   *
   * @param events made in it, at least those asked for unless the stop was reached
   * @param time the clock
   * @param stopped whether the stop was reached
   */
  public record Piece(long events, double time, boolean stopped) {}

  /**
   * Makes some events, or fewer where the next one would pass the stop.
   *
   * @param stop time; infinite where a number of events is made
   * @param events to make
   * @return what was done
   */
  protected abstract Piece piece(double stop, long events);

  /** Called when the state has to be up to date. */
  protected void settle() {
    // Nothing lags behind.
  }

  /**
   * What has to be kept beside state, stream, time and number of events.
   *
   * @return any bytes
   */
  protected abstract byte[] memory();

  /**
   * Goes on where another stretch was saved.
   *
   * @param saved from {@link #save}
   * @return what {@link #memory} gave
   */
  protected final byte[] restore(byte[] saved) {
    ByteBuffer bytes = ByteBuffer.wrap(saved);
    events = bytes.getLong();
    time = bytes.getDouble();
    byte[] memory = new byte[bytes.remaining()];
    bytes.get(memory);
    return memory;
  }

  /**
   * The clock.
   *
   * @return time since the beginning
   */
  protected final double time() {
    return time;
  }

  @Override
  public final boolean done() {
    return done;
  }

  @Override
  public final void advance() {
    Piece made = piece(stop, Math.min(perPiece, most - events));
    requireMotion(made);
    events += made.events();
    time = made.time();
    done = byTime ? made.stopped() : events >= most;
    if (done) {
      settle();
    }
  }

  /** Where events are so short that adding one leaves the clock as it is, the end never comes. */
  private void requireMotion(Piece made) {
    if (byTime && !made.stopped() && made.events() > 0 && made.time() == time) {
      throw LatticeLiftException.badData(
          made.events() + " events that leave the time at " + time,
          "a duration of " + stop,
          "a time in which fewer than 1e13 events happen",
          "Shorten the duration, or give it as a number of events");
    }
  }

  @Override
  public final Progression made() {
    return new Progression(events, time);
  }

  @Override
  public final byte[] save() {
    settle();
    byte[] memory = memory();
    return ByteBuffer.allocate(HEAD + memory.length)
        .putLong(events)
        .putDouble(time)
        .put(memory)
        .array();
  }
}
