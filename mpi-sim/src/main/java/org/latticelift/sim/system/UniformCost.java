package org.latticelift.sim.system;

/** The same cost at all conditions. */
record UniformCost(double eventCost, double eventsPerSample) implements CostEstimate {}
