package org.latticelift.io.run.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs numbered tasks on threads. Tasks are handed out one by one in the order of their numbers.
 * The first failure ends the hand-out; tasks that run already end by themselves (threads are not
 * interrupted, since an interrupt closes file channels). Cost per task: one lock.
 */
public final class TaskPool {
  private final long tasks;
  private final TaskBody body;
  private final StopSignal stop;
  private long next;
  private long finished;
  private final TaskFailures failures = new TaskFailures();

  private TaskPool(long tasks, TaskBody body, StopSignal stop) {
    this.tasks = tasks;
    this.body = body;
    this.stop = stop;
  }

  /**
   * Runs all tasks and waits for them.
   *
   * @param threads number of threads, at least 1; with 1 the calling thread does the work
   * @param tasks number of tasks
   * @param body does one task
   * @param stop ends the hand-out when requested; then, unless all tasks are done, {@link
   *     StopSignal#check()} throws
   */
  public static void run(int threads, long tasks, TaskBody body, StopSignal stop) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
    TaskPool pool = new TaskPool(tasks, body, stop);
    pool.runOn((int) Math.min(threads, Math.max(1, tasks)));
    pool.report();
  }

  private void runOn(int threads) {
    List<Thread> others = new ArrayList<>();
    for (int i = 1; i < threads; i++) {
      Thread thread = new Thread(this::work, "task-" + i);
      thread.setDaemon(true);
      thread.start();
      others.add(thread);
    }
    work();
    join(others);
  }

  private void join(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
          fail(next(), e);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized long next() {
    return failures.any() || next >= tasks || stop.requested() ? -1 : next++;
  }

  private void work() {
    for (long task = next(); task >= 0; task = next()) {
      try {
        body.run(task);
        finish();
      } catch (Throwable e) {
        fail(task, e);
      }
    }
  }

  private synchronized void finish() {
    finished++;
  }

  private void fail(long task, Throwable e) {
    failures.add(task, e);
  }

  private synchronized void report() {
    failures.rethrow();
    if (finished < tasks) {
      stop.check();
    }
  }

  /**
   * Which of several failures of tasks is reported: the one of the lowest number, and a stop only
   * where nothing else failed. Safe for several threads.
   */
  public static final class TaskFailures {
    private long failedTask = Long.MAX_VALUE;
    private Throwable failure;

    /** No failure yet. */
    public TaskFailures() {
      // Nothing to set.
    }

    /** Notes a failure ({@code task}: number of the task; {@code e}: what it threw). */
    public synchronized void add(long task, Throwable e) {
      boolean firstReal = failure != null && StopSignal.isStop(failure) && !StopSignal.isStop(e);
      boolean earlier = task < failedTask && (!StopSignal.isStop(e) || failure == null);
      if (firstReal || earlier) {
        failedTask = task;
        failure = e;
      }
    }

    /** Whether there is a failure; true from the first one on. */
    public synchronized boolean any() {
      return failure != null;
    }

    /**
     * Whether there is a failure other than a requested stop; true from the first such failure on.
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
}
