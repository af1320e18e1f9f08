/**
 * The Curie-Weiss model, in which every spin is coupled to every other (CW-01...CW-13): two classes
 * of spins with equal rates, so that a flip takes constant time at any size, and patches that feel
 * the total spin of the whole lattice.
 */
package org.latticelift.sim.systems.curieweiss;
