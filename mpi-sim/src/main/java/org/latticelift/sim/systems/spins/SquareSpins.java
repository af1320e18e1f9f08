package org.latticelift.sim.systems.spins;

/** Spins on a periodic square lattice. */
public interface SquareSpins {
  /** Sites per row. */
  int side();

  /** One spin ({@code site}: row * side + column); +1 or -1. */
  int spin(int site);

  /** All spins; a new array of +1 and -1, row by row. */
  byte[] spins();
}
