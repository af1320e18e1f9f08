package org.latticelift.sim.systems.alloy;

import org.latticelift.sim.vacancy.hamiltonian.EffectiveHamiltonian;

/**
 * What a sampled state is made like.
 *
 * @param hamiltonian of its ensemble
 * @param age of the record that was drawn, and some of the time until the next; infinite where it
 *     is not known
 */
record StateModel(EffectiveHamiltonian hamiltonian, double age) {}
