package org.latticelift.sim.systems.ising;

import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.system.Duration;
import org.latticelift.sim.systems.spin.WindowCover;

/**
 * LocalRelax (ME-80, ME-83, IS-13, PT-12): in each of the windows in turn the spins evolve for a
 * short time, in frozen surroundings or closed on themselves.
 *
 * @param windows that cover the lattice
 * @param periodic whether windows are closed on themselves
 * @param duration per window
 */
record LocalRelax(WindowCover windows, boolean periodic, Duration duration) {
  /** The same windows for another time. */
  LocalRelax lasting(Duration perWindow) {
    return new LocalRelax(windows, periodic, perWindow);
  }

  void relax(SpinLattice lattice, WindowDynamics dynamics, RandomStream stream) {
    windows.visit(
        lattice,
        at -> {
          if (periodic) {
            dynamics.closed(lattice, at, duration, stream);
          } else {
            dynamics.open(lattice, at, 0, duration, stream);
          }
        });
  }
}
