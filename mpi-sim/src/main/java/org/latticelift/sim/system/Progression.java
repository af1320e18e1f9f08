package org.latticelift.sim.system;

/**
 * What an evolution did.
 *
 * @param events number of events
 * @param time physical time that passed
 */
public record Progression(long events, double time) {}
