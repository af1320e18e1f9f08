/**
 * What spin systems on a periodic square lattice share: initial states of a given magnetisation
 * (IS-05), Upsample by blocks of equal spins (ME-80, IS-10, IS-11), windows that cover a lattice
 * (IS-13), the lengths of evolutions in flips or in time, and how states are stored.
 */
package org.latticelift.sim.systems.spin;
