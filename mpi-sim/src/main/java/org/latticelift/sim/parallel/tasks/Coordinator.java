package org.latticelift.sim.parallel.tasks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Ledger;
import org.latticelift.io.run.task.ResultBody;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.io.run.task.TaskPool.TaskBody;
import org.latticelift.io.run.task.TaskPool.TaskFailures;
import org.latticelift.sim.parallel.tasks.MessageChannel.Kind;
import org.latticelift.sim.parallel.tasks.MessageChannel.Message;

/**
 * Tasks as the first rank sees them: its threads take tasks from the hand-out directly, other ranks
 * call for them. A call takes about 0.3 ms, so tasks should take at least 10 ms.
 */
final class Coordinator implements TaskDistributor {
  private final TaskServer desk;
  private final int threads;

  Coordinator(TaskServer desk, int threads) {
    this.desk = desk;
    this.threads = threads;
  }

  @Override
  public void run(long tasks, TaskBody body) {
    run(
        tasks,
        null,
        task -> {
          body.run(task);
          return null;
        });
  }

  @Override
  public byte[][] collect(int tasks, ResultBody body) {
    byte[][] results = new byte[tasks][];
    run(tasks, results, task -> body.run((int) task));
    return results;
  }

  @Override
  public void once(Runnable work) {
    decide(
        () -> {
          work.run();
          return true;
        });
  }

  @Override
  public boolean decide(BooleanSupplier question) {
    return desk.decide(() -> question.getAsBoolean() ? 1 : 0) == 1;
  }

  private void run(long tasks, byte[][] results, TaskThreads.Body body) {
    desk.beginPhase();
    PhaseTasks handout = new PhaseTasks(tasks, desk.stop(), results);
    TaskThreads mine = new TaskThreads(threads, handout, body);
    mine.start();
    List<TaskServer.Call> left = new ArrayList<>();
    while (left.size() < desk.others() || mine.running()) {
      if (handout.failures().real()) {
        handout.failures().rethrow();
      }
      Optional<TaskServer.Call> call = desk.poll();
      if (call.isEmpty()) {
        if (!mine.running()) {
          desk.requireLiving(Set.of(), Kind.ENTER, tasks);
        }
        desk.pause();
      } else if (call.get().message().kind() == Kind.LEAVE) {
        left.add(call.get());
      } else {
        serve(call.get(), handout, tasks);
      }
    }
    long complete = handout.complete() ? 1 : 0;
    left.forEach(call -> desk.answer(call, complete));
    if (complete == 0) {
      handout.failures().rethrow();
      desk.stop().check();
      throw new IllegalStateException("a task has got lost");
    }
  }

  private void serve(TaskServer.Call call, PhaseTasks handout, long tasks) {
    Message message = call.message();
    switch (message.kind()) {
      case NEXT -> desk.answer(call, handout.next(message.number(), message.content()));
      case ANNOUNCE, PUT, REMOVE -> record(call);
      case FAIL -> {
        handout.failed(message.second(), Relay.decode(call));
        desk.answer(call, 0);
      }
      case PROGRESS -> {
        report(message);
        desk.answer(call, 0);
      }
      case TELL -> {
        desk.progress().current().message(message.text());
        desk.answer(call, 0);
      }
      default -> {
        TaskServer.require(call, Kind.ENTER, tasks);
        desk.answerWithList(call, 0);
      }
    }
  }

  private void report(Message message) {
    if (message.content().length > 0) {
      desk.progress().current().step(message.number(), message.text());
    } else if (message.number() > 0) {
      desk.progress().current().step(message.number());
    }
  }

  private void record(TaskServer.Call call) {
    Ledger ledger = desk.ledger().orElseThrow();
    String text = call.message().text();
    try {
      switch (call.message().kind()) {
        case ANNOUNCE -> ledger.announce(FileList.name(text), FileList.sum(text));
        case PUT -> ledger.put(FileList.name(text), FileList.sum(text));
        default -> ledger.remove(text);
      }
      desk.answer(call, 0);
    } catch (IOException e) {
      String why = ExitCode.OUTPUT + ": " + e.getMessage();
      desk.answer(call, -1, why.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  /** The tasks of one phase: which is next, how many are finished, their results. Thread-safe. */
  static final class PhaseTasks implements TaskSource {
    private final long tasks;
    private final StopSignal stop;
    private final byte[][] results;
    private final TaskFailures failures = new TaskFailures();
    private long next;
    private long finished;

    /** Tasks from 0 on ({@code results}: where to put results, or null where there are none). */
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

  /** Carries the failure of a task to the first rank: its message, its exit code, its trace. */
  static final class Relay {
    private static final char SEPARATOR = '\0';

    private Relay() {}

    static String encode(int rank, Throwable e) {
      LatticeLiftException error =
          e instanceof LatticeLiftException known ? known : unforeseen(rank, e);
      java.io.StringWriter trace = new java.io.StringWriter();
      e.printStackTrace(new java.io.PrintWriter(trace));
      return error.exitCode().name() + SEPARATOR + error.getMessage() + SEPARATOR + trace;
    }

    private static LatticeLiftException unforeseen(int rank, Throwable e) {
      if (e instanceof OutOfMemoryError) {
        return new LatticeLiftException(
            ExitCode.UNAVAILABLE,
            "Out of memory: " + e.getMessage(),
            "rank " + rank + ", heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
            "60 % of the machine's memory, shared by its ranks",
            "Set LATTICELIFT_HEAP for each rank, start fewer ranks, or make the task smaller",
            e);
      }
      StackTraceElement[] trace = e.getStackTrace();
      return new LatticeLiftException(
          ExitCode.BUG,
          "Unexpected " + e,
          "rank " + rank + (trace.length == 0 ? "" : ", " + trace[0]),
          "this is a bug",
          "Please report it with what the same command prints with --debug",
          e);
    }

    /** The failure of a rank as an exception of this one. */
    static LatticeLiftException decode(TaskServer.Call call) {
      String[] parts = call.message().text().split(String.valueOf(SEPARATOR), 3);
      Throwable there = new IllegalStateException("on rank " + call.rank() + ": " + parts[2]);
      return LatticeLiftException.relayed(ExitCode.valueOf(parts[0]), parts[1], there);
    }
  }

  /** Threads of one rank that work until their source has no task left. */
  static final class TaskThreads {
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
}
