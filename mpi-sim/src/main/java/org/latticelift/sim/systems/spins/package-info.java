/**
 * Spins: the two-dimensional Ising model with continuous-time Glauber dynamics (IS-01...IS-06,
 * ME-84), a lattice that keeps the class of every site (spin and number of up neighbours), and the
 * Curie-Weiss model, in which every spin feels the mean of all. They share initial states of a
 * given magnetisation (IS-05), Upsample by blocks of equal spins (ME-80, IS-10, IS-11) and windows
 * that cover a lattice (IS-13).
 */
package org.latticelift.sim.systems.spins;
