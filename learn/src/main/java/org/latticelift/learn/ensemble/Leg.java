package org.latticelift.learn.ensemble;

/**
 * Equal steps at one condition.
 *
 * @param condition value of the varied parameter
 * @param steps how many, at least 1
 * @param step length of each in time units of the model at this condition
 */
record Leg(double condition, long steps, double step) {}
