package org.latticelift.sim.systems.ising;

import org.latticelift.sim.systems.spin.Window;

/**
 * A part of a lattice that was cut out to evolve by itself, what may not flip frozen.
 *
 * @param window where it was cut out of the lattice
 * @param region its spins; the next cut of the same side uses it again
 * @param share events of the region for each event of the patch inside
 */
record CutOut(Window window, SpinLattice region, double share) {}
