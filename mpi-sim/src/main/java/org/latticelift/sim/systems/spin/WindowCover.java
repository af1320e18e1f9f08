package org.latticelift.sim.systems.spin;

import java.util.function.Consumer;

/**
 * Overlapping windows that cover a periodic lattice row by row (ME-80, ME-83, IS-13).
 *
 * @param side of a window
 * @param stride distance of windows
 */
public record WindowCover(int side, int stride) {
  /**
   * How many windows a site is in, on average.
   *
   * @return 4 where the stride is half the side
   */
  public double visits() {
    return (double) side * side / stride / stride;
  }

  /**
   * Visits the windows in order.
   *
   * @param lattice the lattice; a window is at most as large
   * @param visitor called with each
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
