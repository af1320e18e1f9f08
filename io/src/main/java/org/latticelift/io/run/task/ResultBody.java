package org.latticelift.io.run.task;

/** The work of a task that ends in a result; called from several threads, each task once. */
@FunctionalInterface
public interface ResultBody {
  /**
   * Does one task. The result may depend on the task number only, never on thread, rank or order.
   *
   * @param task number, from 0
   * @throws Exception any failure; it ends the whole run
   */
  byte[] run(int task) throws Exception;
}
