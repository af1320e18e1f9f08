package org.latticelift.sim.systems.ising;

/**
 * The coupling over kT at which small lattices of the magnetisations of some records have, in the
 * mean, the walls of these records: with it the ensemble of largest entropy is P ~ exp(K sum s s')
 * (EX-21, EX-23). In equilibrium K is 1/T.
 *
 * @param firstRecord of the stage of the relaxation
 * @param lastRecord of the stage
 * @param states records behind it
 * @param coupling K, from 0
 * @param wanted mean wall density of the records
 * @param sampled that of small lattices at this coupling
 */
record EffectiveCoupling(
    int firstRecord, int lastRecord, long states, double coupling, double wanted, double sampled) {}
