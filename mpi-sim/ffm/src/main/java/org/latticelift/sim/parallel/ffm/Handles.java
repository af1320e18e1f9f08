package org.latticelift.sim.parallel.ffm;

/**
 * Handles that are ready when a program starts.
 *
 * @param world all ranks
 * @param self this rank
 * @param bytes type of a byte
 * @param integers type of an integer of 64 bits
 * @param doubles type of a double
 * @param sum operation
 * @param min operation
 * @param max operation
 * @param errorsReturn the error handler that returns
 */
record Handles(
    long world,
    long self,
    long bytes,
    long integers,
    long doubles,
    long sum,
    long min,
    long max,
    long errorsReturn) {}
