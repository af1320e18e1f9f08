package org.latticelift.sim.vacancy.kmc;

/**
 * All that a simulator has to keep beside the lattice and the random stream. With the three a run
 * continues bit for bit.
 *
 * @param vacancies sites of the active vacancies in selection order
 * @param time clock, s
 * @param jumps jumps made so far
 * @param wallContacts see {@link VacancySimulator#wallContacts}
 * @param expectedWallHits see {@link VacancySimulator#expectedWallHits}
 */
public record SimulatorState(
    long[] vacancies, double time, long jumps, long wallContacts, double expectedWallHits) {}
