/**
 * Kinetic Monte Carlo of a lattice that is distributed over ranks: the synchronous sublattice
 * method of Shim and Amar (Phys. Rev. B 71, 125432, 2005). A fixed grid of blocks, coloured by the
 * parities of their indices, decides what happens; ranks own whole blocks and only decide who does
 * it, so the trajectory is bit for bit the same on any number of ranks.
 */
package org.latticelift.sim.vacancy.sublattice;
