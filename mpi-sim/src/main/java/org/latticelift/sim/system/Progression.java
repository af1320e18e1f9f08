package org.latticelift.sim.system;

/**
 * What was made of an evolution.
 *
 * @param events their number
 * @param time since its beginning
 */
public record Progression(long events, double time) {}
