package org.latticelift.sim.system;

/**
 * The result of evolving one patch of a large state (ME-12, ME-17).
 *
 * @param patch index of the patch, 0 to K - 1
 * @param before observables of the patch before
 * @param increment change of the observables of the patch; the full latent state becomes z +
 *     increment
 * @param events number of events
 * @param seconds duration
 * @param blocked fraction of the events that the environment refused (ghost and buffer), else 0
 */
public record PartialEvolution(
    long patch, double[] before, double[] increment, long events, double seconds, double blocked) {}
