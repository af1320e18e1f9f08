package org.latticelift.sim.system;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * An evolution of a whole state that is made in pieces, so that it can be interrupted between two
 * of them. The bits are those of one piece, wherever it is interrupted, saved and resumed: a piece
 * is bounded by events or steps, never by wall time. Serves one thread; a dynamics has one stretch
 * under way at a time.
 */
public interface Stretch {
  /**
   * Whether the end is reached; then the state is that of the end; false while something is left to
   * do.
   */
  boolean done();

  /** Makes the next piece, about 0.1 s of work; called until it is done. */
  void advance();

  /** What was made so far, all of it at the end. */
  Progression made();

  /**
   * Brings the state up to date, which may lag behind between pieces, and tells what has to be kept
   * beside it and the stream to continue bit for bit. The stretch may go on afterwards. Returns
   * bytes for {@link Dynamics#resume}.
   */
  byte[] save();

  /**
   * Makes all pieces ({@code stop}: ends the evolution with {@link StopSignal#check} between two
   * pieces; then the state is of no more use).
   */
  default Progression finish(StopSignal stop) {
    while (!done()) {
      stop.check();
      advance();
    }
    return made();
  }

  static Stretch ofOnePiece(Supplier<Progression> evolution) {
    return new OnePiece(evolution);
  }

  /** The evolution of a system that cannot be interrupted. */
  final class OnePiece implements Stretch {
    private final Supplier<Progression> evolution;
    private Optional<Progression> made = Optional.empty();

    OnePiece(Supplier<Progression> evolution) {
      this.evolution = evolution;
    }

    @Override
    public boolean done() {
      return made.isPresent();
    }

    @Override
    public void advance() {
      made = Optional.of(evolution.get());
    }

    @Override
    public Progression made() {
      return made.orElse(new Progression(0, 0));
    }

    @Override
    public byte[] save() {
      throw new IllegalStateException("an evolution of one piece is saved before or after it");
    }
  }

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

    /** Nothing is made yet ({@code duration}: how long; {@code perPiece}: events of a piece). */
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
     * Makes some events, or fewer where the next one would pass the stop ({@code stop}: time;
     * infinite where a number of events is made; {@code events}: to make); what was done.
     */
    protected abstract Piece piece(double stop, long events);

    /** Called when the state has to be up to date. */
    protected void settle() {
      // Nothing lags behind.
    }

    /** What has to be kept beside state, stream, time and number of events; any bytes. */
    protected abstract byte[] memory();

    /**
     * Goes on where another stretch was saved ({@code saved}: from {@link #save}); what {@link
     * #memory} gave.
     */
    protected final byte[] restore(byte[] saved) {
      ByteBuffer bytes = ByteBuffer.wrap(saved);
      events = bytes.getLong();
      time = bytes.getDouble();
      byte[] memory = new byte[bytes.remaining()];
      bytes.get(memory);
      return memory;
    }

    /** The clock; time since the beginning. */
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

  /** Equal steps, whose only memory is their number. */
  public final class StepStretch implements Stretch {
    private final long steps;
    private final long perPiece;
    private final LongConsumer run;
    private final LongFunction<Progression> progression;
    private long made;

    /**
     * Nothing is made yet.
     *
     * @param steps in all
     * @param perPiece steps of a piece
     * @param run makes some steps
     * @param progression events and time of some steps
     */
    public StepStretch(
        long steps, long perPiece, LongConsumer run, LongFunction<Progression> progression) {
      this.steps = steps;
      this.perPiece = Math.max(1, perPiece);
      this.run = run;
      this.progression = progression;
    }

    /** Goes on where another stretch was saved ({@code memory}: from {@link #save}). */
    public StepStretch resumed(byte[] memory) {
      made = ByteBuffer.wrap(memory).getLong();
      return this;
    }

    @Override
    public boolean done() {
      return made >= steps;
    }

    @Override
    public void advance() {
      long piece = Math.min(perPiece, steps - made);
      run.accept(piece);
      made += piece;
    }

    @Override
    public Progression made() {
      return progression.apply(made);
    }

    @Override
    public byte[] save() {
      return ByteBuffer.allocate(Long.BYTES).putLong(made).array();
    }
  }
}
