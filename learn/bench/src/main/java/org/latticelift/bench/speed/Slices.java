package org.latticelift.bench.speed;

/**
 * Rates of the slices of a measurement.
 *
 * @param slowest the slowest slice
 * @param fastest the fastest slice
 */
public record Slices(double slowest, double fastest) {}
