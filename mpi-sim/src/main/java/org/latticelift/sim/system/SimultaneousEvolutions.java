package org.latticelift.sim.system;

/**
 * Evolutions of the same patches of a state, all for the same time.
 *
 * @param increments by evolution and patch, the change of the observables of the patch
 * @param events of all of them together
 */
public record SimultaneousEvolutions(double[][][] increments, long events) {}
