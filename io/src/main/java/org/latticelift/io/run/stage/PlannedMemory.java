package org.latticelift.io.run.stage;

/**
 * What a stage would hold in memory at once, beyond the program itself.
 *
 * @param shared of the stage as a whole, B
 * @param perTask of each task that runs at the same time, B
 */
public record PlannedMemory(double shared, double perTask) {
  /** Too little to count. */
  public static final PlannedMemory NONE = new PlannedMemory(0, 0);

  /**
   * The sum in one rank ({@code tasks}: of the stage; no more than these run at the same time); B.
   */
  public double bytes(int threads, long tasks) {
    return shared + Math.min(threads, tasks) * perTask;
  }
}
