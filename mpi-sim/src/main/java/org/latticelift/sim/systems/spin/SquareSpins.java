package org.latticelift.sim.systems.spin;

/** Spins on a periodic square lattice. */
public interface SquareSpins {
  /**
   * Sites per row.
   *
   * @return the side
   */
  int side();

  /**
   * One spin.
   *
   * @param site row * side + column
   * @return +1 or -1
   */
  int spin(int site);

  /**
   * All spins.
   *
   * @return a new array of +1 and -1, row by row
   */
  byte[] spins();
}
