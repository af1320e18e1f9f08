package org.latticelift.learn.ensemble;

/**
 * How much there will be of what an earlier stage makes, for the plan and the check only.
 *
 * @param conditions trained ones
 * @param models trained ones
 */
public record Planned(int conditions, int models, int observables) {}
