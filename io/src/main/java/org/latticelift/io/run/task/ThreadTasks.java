package org.latticelift.io.run.task;

import java.util.function.BooleanSupplier;
import org.latticelift.io.run.task.TaskPool.TaskBody;

/** Tasks of a process that works alone. */
record ThreadTasks(int threads, StopSignal stop) implements TaskDistributor {
  ThreadTasks {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: " + threads);
    }
  }

  @Override
  public void run(long tasks, TaskBody body) {
    TaskPool.run(threads, tasks, body, stop);
  }

  @Override
  public byte[][] collect(int tasks, ResultBody body) {
    byte[][] results = new byte[tasks][];
    run(tasks, task -> results[(int) task] = body.run((int) task));
    return results;
  }

  @Override
  public void once(Runnable work) {
    work.run();
  }

  @Override
  public boolean decide(BooleanSupplier question) {
    return question.getAsBoolean();
  }
}
