package org.latticelift.sim.parallel.tasks;

import java.util.ArrayList;
import java.util.List;

/** Threads of one rank that work until their source has no task left. */
final class TaskThreads {
  private final TaskSource source;
  private final Body body;
  private final List<Thread> threads = new ArrayList<>();

  /** The work of one task. */
  interface Body {
    /** Does one task; null if it has no result. */
    byte[] run(long task) throws Exception;
  }

  TaskThreads(int count, TaskSource source, Body body) {
    this.source = source;
    this.body = body;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::work, "task-" + i);
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  void start() {
    threads.forEach(Thread::start);
  }

  boolean running() {
    return threads.stream().anyMatch(Thread::isAlive);
  }

  private void work() {
    long task = TaskSource.NONE;
    try {
      task = source.next(TaskSource.NONE, null);
      while (task != TaskSource.NONE) {
        byte[] result = body.run(task);
        task = source.next(task, result);
      }
    } catch (Throwable e) {
      source.failed(task, e);
    }
  }
}
