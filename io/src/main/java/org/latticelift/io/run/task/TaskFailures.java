package org.latticelift.io.run.task;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Which of several failures of tasks is reported: the one of the lowest number, and a stop only
 * where nothing else failed. Safe for several threads.
 */
public final class TaskFailures {
  private long failedTask = Long.MAX_VALUE;
  private Throwable failure;

  /** No failure yet. */
  public TaskFailures() {
    // Nothing to set.
  }

  /**
   * Notes a failure.
   *
   * @param task number of the task
   * @param e what it threw
   */
  public synchronized void add(long task, Throwable e) {
    boolean firstReal = failure != null && StopSignal.isStop(failure) && !StopSignal.isStop(e);
    boolean earlier = task < failedTask && (!StopSignal.isStop(e) || failure == null);
    if (firstReal || earlier) {
      failedTask = task;
      failure = e;
    }
  }

  /**
   * Whether there is a failure.
   *
   * @return true from the first one on
   */
  public synchronized boolean any() {
    return failure != null;
  }

  /**
   * Whether there is a failure other than a requested stop.
   *
   * @return true from the first such failure on
   */
  public synchronized boolean real() {
    return failure != null && !StopSignal.isStop(failure);
  }

  /** Throws the failure, if there is one; checked exceptions are wrapped. */
  public synchronized void rethrow() {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    if (failure instanceof IOException e) {
      throw new UncheckedIOException(e);
    }
    if (failure != null) {
      throw new IllegalStateException("task " + failedTask, failure);
    }
  }
}
