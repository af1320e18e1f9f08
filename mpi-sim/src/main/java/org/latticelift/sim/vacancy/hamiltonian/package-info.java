/**
 * Effective pair Hamiltonians of alloys with vacancies, and states sampled from them (EX-21): the
 * ensemble of largest entropy with given mean numbers of pairs. Pairs of all kinds, the vacancy
 * among them, are counted by {@link org.latticelift.sim.vacancy.hamiltonian.PairCounts}; {@link
 * org.latticelift.sim.vacancy.hamiltonian.ExchangeSampler} draws states; {@link
 * org.latticelift.sim.vacancy.hamiltonian.HamiltonianFit} finds the Hamiltonian whose states have
 * given counts, which is inverse Monte Carlo.
 */
package org.latticelift.sim.vacancy.hamiltonian;
