/**
 * Exact first passage out of a basin, a small set of states of a Markov chain that is visited over
 * and over: {@link org.latticelift.sim.vacancy.basin.PathFactorisation} draws how long and how
 * often every state is visited, and from where the set is left, at a cost that does not grow with
 * the number of jumps. Also the discrete and gamma laws this needs.
 */
package org.latticelift.sim.vacancy.basin;
