package org.latticelift.sim.system;

/**
 * What an evolution did.
 *
 * @param events number of events
 * @param seconds physical time that passed
 */
public record Progression(long events, double seconds) {}
