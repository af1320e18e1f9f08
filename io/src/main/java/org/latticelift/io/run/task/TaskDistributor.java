package org.latticelift.io.run.task;

import java.util.function.BooleanSupplier;
import org.latticelift.io.run.task.TaskPool.TaskBody;

/**
 * Hands out independent tasks to whatever works on them: threads of this process, or threads of all
 * ranks of a job. All ranks make the same calls in the same order. Results depend on the numbers of
 * tasks only, never on who did them.
 */
public interface TaskDistributor {
  /**
   * Runs numbered tasks and waits for all of them. Their results are files that they commit ({@code
   * tasks}: number of tasks, equal on all ranks; {@code body}: does one task; called for each
   * number once, on one of the ranks).
   */
  void run(long tasks, TaskBody body);

  /**
   * Runs numbered tasks and brings their results to the first rank ({@code tasks}: number of tasks,
   * equal on all ranks); the results by number on the first rank, empty on others: use it within
   * {@link #once}.
   */
  byte[][] collect(int tasks, ResultBody body);

  /** Does something once, on the first rank, while the others wait. */
  void once(Runnable work);

  /** Asks the first rank; the others wait and learn the answer; the answer, equal on all ranks. */
  boolean decide(BooleanSupplier question);

  /**
   * Tasks on threads of this process alone ({@code threads}: at least 1; with 1 the calling thread
   * does the work; {@code stop}: ends the hand-out when requested, as in {@link TaskPool#run}).
   */
  static TaskDistributor threads(int threads, StopSignal stop) {
    return new ThreadTasks(threads, stop);
  }
}
