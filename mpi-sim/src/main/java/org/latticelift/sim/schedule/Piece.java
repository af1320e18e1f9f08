package org.latticelift.sim.schedule;

/**
 * A time during which one value stands for the condition.
 *
 * @param start time at its beginning
 * @param end later time
 * @param value of the condition
 */
public record Piece(double start, double end, double value) {
  /** How long it lasts; positive. */
  public double length() {
    return end - start;
  }

  /**
   * The part between two times ({@code first}: before the end of this piece; {@code last}: after
   * its beginning), with the value of this piece.
   */
  public Piece part(double first, double last) {
    return new Piece(Math.max(start, first), Math.min(end, last), value);
  }
}
