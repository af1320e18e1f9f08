package org.latticelift.learn.sde;

/**
 * Pairs as their drift has them in the middle.
 *
 * @param before states in the middle of the pairs on average, [n,d]; stored states where pairs are
 *     steps of Euler
 * @param after these plus the turned increments, [n,d]
 */
public record TurnedPairs(double[] before, double[] after) {}
