package org.latticelift.sim.system;

/**
 * Where time and messages of a distributed run went on one rank.
 *
 * @param cycles number of cycles
 * @param events of this rank
 * @param evolveSeconds wall time spent evolving own patches
 * @param exchangeSeconds wall time spent exchanging, waiting included
 * @param waitSeconds of these, until the messages of all neighbours had come
 * @param messages sent
 * @param bytes sent
 */
public record PhaseCost(
    long cycles,
    long events,
    double evolveSeconds,
    double exchangeSeconds,
    double waitSeconds,
    long messages,
    long bytes) {}
