package org.latticelift.system;

/**
 * What an evolution did.
 *
 * @param events number of events
 * @param seconds physical time that passed
 */
public record Progression(long events, double seconds) {}
