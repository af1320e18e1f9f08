package org.latticelift.io.run.task;

/** The work of one task; called from several threads, each task once. */
@FunctionalInterface
public interface TaskBody {
  /**
   * Does one task. The result may depend on the task number only, never on thread or order.
   *
   * @param task number, from 0
   * @throws Exception any failure; it ends the whole run
   */
  void run(long task) throws Exception;
}
