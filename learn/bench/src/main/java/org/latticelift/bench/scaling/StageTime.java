package org.latticelift.bench.scaling;

/**
 * Wall time of a stage of the method, whose tasks ranks share.
 *
 * @param stage name
 * @param ranks number of ranks, one thread each
 * @param seconds wall time
 */
public record StageTime(String stage, int ranks, double seconds) {}
