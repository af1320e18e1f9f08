/**
 * The chain of overdamped particles with a force on its first one (LC-01...LC-15): Euler-Maruyama
 * steps of the whole or of a patch in frozen surroundings, whose noise, if shared, gives the same
 * bits.
 */
package org.latticelift.sim.systems.chain;
