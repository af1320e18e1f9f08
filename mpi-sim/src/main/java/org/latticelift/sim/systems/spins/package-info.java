/**
 * Spins: the Ising model on a square lattice, with Glauber dynamics, windows, cluster updates and
 * many patches at a time (IS-..), and the Curie-Weiss model, in which every spin feels the mean of
 * all (CW-..).
 */
package org.latticelift.sim.systems.spins;
