package org.latticelift.sim.systems.spins;

/**
 * Upsample: every spin becomes a square block of equal spins, level by level (IS-10, IS-11, PT-10),
 * or the lattice is repeated.
 */
public final class SpinUpsampling {
  private SpinUpsampling() {}

  /**
   * Every spin repeated ({@code lattice}: not modified; {@code factor}: by which the side grows);
   * spins of the larger lattice, row by row.
   */
  public static byte[] enlarge(SquareSpins lattice, int factor) {
    int side = lattice.side() * factor;
    byte[] spins = new byte[side * side];
    for (int site = 0; site < spins.length; site++) {
      int row = site / side / factor;
      int column = site % side / factor;
      spins[site] = (byte) lattice.spin(row * lattice.side() + column);
    }
    return spins;
  }

  /**
   * Copies side by side ({@code lattice}: periodic, not modified; {@code factor}: by which the side
   * grows); spins of the larger lattice, row by row.
   */
  public static byte[] tile(SquareSpins lattice, int factor) {
    int side = lattice.side() * factor;
    byte[] spins = new byte[side * side];
    for (int site = 0; site < spins.length; site++) {
      int row = site / side % lattice.side();
      int column = site % side % lattice.side();
      spins[site] = (byte) lattice.spin(row * lattice.side() + column);
    }
    return spins;
  }
}
