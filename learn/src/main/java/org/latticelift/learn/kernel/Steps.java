package org.latticelift.learn.kernel;

/**
 * Steps of trajectories.
 *
 * @param length at most so long, scaled time
 * @param scheme how each is made
 */
public record Steps(double length, StepScheme scheme) {}
