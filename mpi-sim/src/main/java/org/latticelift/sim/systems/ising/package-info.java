/**
 * The two-dimensional Ising model with continuous-time Glauber dynamics (IS-01...IS-06, ME-84): a
 * lattice that keeps the class of every site (spin and number of up neighbours) and the number of
 * sites per class, and rejection-free simulators that differ in how they find the next site.
 */
package org.latticelift.sim.systems.ising;
