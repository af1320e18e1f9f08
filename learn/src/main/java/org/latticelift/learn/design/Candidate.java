package org.latticelift.learn.design;

/**
 * A schedule through knots, and what it leads to.
 *
 * @param time of the knots, in the clock of schedules, the first 0, [k]
 * @param value of the condition at the knots, [k]
 * @param end mean of the observable at the end
 * @param halfWidth of its 95 % interval; NaN where there is none
 */
record Candidate(double[] time, double[] value, double end, double halfWidth) {}
