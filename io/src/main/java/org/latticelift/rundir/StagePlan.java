package org.latticelift.rundir;

/**
 * What a stage would do.
 *
 * @param stage sub-command
 * @param tasks number of independent tasks
 * @param size sizes in words, such as {@code 4 temperatures, 8192 sites}
 * @param seconds estimated work of one thread, s
 * @param bytes estimated disk space, B
 */
public record StagePlan(String stage, long tasks, String size, double seconds, long bytes) {}
