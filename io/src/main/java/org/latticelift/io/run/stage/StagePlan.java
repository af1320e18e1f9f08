package org.latticelift.io.run.stage;

/**
 * What a stage would do.
 *
 * @param stage sub-command
 * @param tasks number of independent tasks
 * @param size sizes in words, such as {@code 4 temperatures, 8192 sites}
 * @param seconds estimated work of one thread, s
 * @param bytes estimated disk space, B
 * @param memory estimated memory
 */
public record StagePlan(
    String stage, long tasks, String size, double seconds, long bytes, PlannedMemory memory) {
  /**
   * A stage that needs little memory.
   *
   * @param stage sub-command
   * @param tasks number of independent tasks
   * @param size sizes in words
   * @param seconds estimated work of one thread, s
   * @param bytes estimated disk space, B
   */
  public StagePlan(String stage, long tasks, String size, double seconds, long bytes) {
    this(stage, tasks, size, seconds, bytes, PlannedMemory.NONE);
  }
}
