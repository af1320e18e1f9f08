package org.latticelift.sim.system;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.latticelift.sim.system.Dynamics.Progression;

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

  /**
   * Goes on where another stretch was saved.
   *
   * @param memory from {@link #save}
   * @return this
   */
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
