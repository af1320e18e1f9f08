package org.latticelift.sim.parallel.tasks;

/** Where threads get tasks from. */
interface TaskSource {
  /** No task is left. */
  long NONE = -1;

  /**
   * Gives back a task and asks for another ({@code done}: number of the finished task, or {@link
   * #NONE}; {@code result}: its result, or null); number of the next task, or {@link #NONE}.
   */
  long next(long done, byte[] result) throws Exception;

  /** Notes that a task failed; its thread ends. */
  void failed(long task, Throwable e);
}
