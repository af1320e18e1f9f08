package org.latticelift.sim.systems.spins;

import java.util.function.Consumer;

/**
 * A square part of a periodic lattice.
 *
 * @param row of its first site
 * @param column of its first site
 * @param side sites per row, at most those of the lattice
 */
public record Window(int row, int column, int side) {
  /**
   * The k-th tile of this side, row by row (IS-20). {@code lattice}: that is tiled. {@code k}:
   * number of the tile.
   */
  public static Window tile(SquareSpins lattice, int side, long k) {
    int perRow = lattice.side() / side;
    return new Window((int) (k / perRow) * side, (int) (k % perRow) * side, side);
  }

  /** A larger window around this one ({@code margin}: sites on every side). */
  public Window grown(int margin) {
    return new Window(row - margin, column - margin, side + 2 * margin);
  }

  /** Number of sites; side squared. */
  public int sites() {
    return side * side;
  }

  /** The site of the lattice at an index of the window ({@code index}: row by row). */
  public int site(SquareSpins lattice, int index) {
    int n = lattice.side();
    return Math.floorMod(row + index / side, n) * n + Math.floorMod(column + index % side, n);
  }

  /** The index of a site of the lattice in the window; row by row; -1 outside of the window. */
  public int index(SquareSpins lattice, int site) {
    int n = lattice.side();
    int i = Math.floorMod(site / n - row, n);
    int j = Math.floorMod(site % n - column, n);
    return i < side && j < side ? i * side + j : -1;
  }

  /**
   * Copies the spins of the window ({@code lattice}: not modified; {@code into}: receives them row
   * by row).
   */
  public void cut(SquareSpins lattice, byte[] into) {
    int n = lattice.side();
    int at = 0;
    for (int i = 0; i < side; i++) {
      int start = Math.floorMod(row + i, n) * n;
      int x = Math.floorMod(column, n);
      for (int j = 0; j < side; j++) {
        into[at++] = (byte) lattice.spin(start + x);
        x = x + 1 == n ? 0 : x + 1;
      }
    }
  }

  /**
   * Overlapping windows that cover a periodic lattice row by row (ME-80, ME-83, IS-13).
   *
   * @param side of a window
   * @param stride distance of windows
   */
  public record WindowCover(int side, int stride) {
    /** How many windows a site is in, on average; 4 where the stride is half the side. */
    public double visits() {
      return (double) side * side / stride / stride;
    }

    /**
     * Visits the windows in order ({@code lattice}: the lattice; a window is at most as large;
     * {@code visitor}: called with each).
     */
    public void visit(SquareSpins lattice, Consumer<Window> visitor) {
      int window = Math.min(side, lattice.side());
      for (int row = 0; row < lattice.side(); row += stride) {
        for (int column = 0; column < lattice.side(); column += stride) {
          visitor.accept(new Window(row, column, window));
        }
      }
    }
  }
}
