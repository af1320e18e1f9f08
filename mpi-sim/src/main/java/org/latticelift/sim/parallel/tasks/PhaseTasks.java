package org.latticelift.sim.parallel.tasks;

import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskFailures;

/** The tasks of one phase: which is next, how many are finished, their results. Thread-safe. */
final class PhaseTasks implements TaskSource {
  private final long tasks;
  private final StopSignal stop;
  private final byte[][] results;
  private final TaskFailures failures = new TaskFailures();
  private long next;
  private long finished;

  /**
   * Tasks from 0 on.
   *
   * @param tasks number
   * @param results where to put results, or null where there are none
   */
  PhaseTasks(long tasks, StopSignal stop, byte[][] results) {
    this.tasks = tasks;
    this.stop = stop;
    this.results = results;
  }

  @Override
  public synchronized long next(long done, byte[] result) {
    if (done >= 0) {
      finished++;
      if (results != null) {
        results[(int) done] = result;
      }
    }
    return failures.any() || next >= tasks || stop.requested() ? NONE : next++;
  }

  @Override
  public void failed(long task, Throwable e) {
    failures.add(task, e);
  }

  TaskFailures failures() {
    return failures;
  }

  synchronized boolean complete() {
    return finished == tasks;
  }
}
