package org.latticelift.ising;

import org.latticelift.random.RandomStream;
import org.latticelift.system.Duration;

/**
 * LocalRelax (ME-80, ME-83, IS-13, PT-12): overlapping windows cover the lattice row by row, and in
 * each in turn the spins evolve for a short time, in frozen surroundings or closed on themselves.
 *
 * @param side of a window
 * @param stride distance of windows
 * @param periodic whether windows are closed on themselves
 * @param duration per window
 */
record LocalRelax(int side, int stride, boolean periodic, Duration duration) {
  void relax(SpinLattice lattice, WindowDynamics dynamics, RandomStream stream) {
    int window = Math.min(side, lattice.side());
    for (int row = 0; row < lattice.side(); row += stride) {
      for (int column = 0; column < lattice.side(); column += stride) {
        Window at = new Window(row, column, window);
        if (periodic) {
          dynamics.closed(lattice, at, duration, stream);
        } else {
          dynamics.open(lattice, at, 0, duration, stream);
        }
      }
    }
  }
}
