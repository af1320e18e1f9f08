package org.latticelift.sim.parallel.tasks;

import java.util.function.BooleanSupplier;
import org.latticelift.io.run.task.ResultBody;
import org.latticelift.io.run.task.TaskBody;
import org.latticelift.io.run.task.TaskDistributor;

/** Tasks as the other ranks see them: every one is called for. */
final class Participant implements TaskDistributor {
  private static final long REPORT_MILLIS = 200;
  private static final long REPORT_NANOS = REPORT_MILLIS * 1_000_000;

  private final TaskClient line;
  private final RemoteLedger ledger;
  private final RelayedProgress progress;
  private final int threads;

  Participant(TaskClient line, RemoteLedger ledger, RelayedProgress progress, int threads) {
    this.line = line;
    this.ledger = ledger;
    this.progress = progress;
    this.threads = threads;
  }

  /** The first rank hands out, as far as the threads of this rank see it. */
  private final class Remote implements TaskSource {
    @Override
    public long next(long done, byte[] result) throws InterruptedException {
      byte[] content = result == null ? new byte[0] : result;
      boolean stopping = line.stop().requested();
      return line.ask(new Message(Kind.NEXT, stopping, done, 0, content)).number();
    }

    @Override
    public void failed(long task, Throwable e) {
      byte[] text = Message.of(Kind.FAIL, false, 0, Relay.encode(line.rank(), e)).content();
      try {
        line.ask(new Message(Kind.FAIL, line.stop().requested(), 0, task, text));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void run(long tasks, TaskBody body) {
    work(
        tasks,
        task -> {
          body.run(task);
          return null;
        });
  }

  @Override
  public byte[][] collect(int tasks, ResultBody body) {
    work(tasks, task -> body.run((int) task));
    return new byte[0][];
  }

  private void work(long tasks, TaskThreads.Body body) {
    ledger.replace(line.arrive(Kind.ENTER, tasks));
    TaskThreads mine = new TaskThreads(threads, new Remote(), body);
    mine.start();
    long reported = System.nanoTime();
    while (line.serve(mine.running() ? REPORT_MILLIS : 0) || mine.running()) {
      if (System.nanoTime() - reported >= REPORT_NANOS) {
        report();
        reported = System.nanoTime();
      }
    }
    report();
    if (line.call(Message.of(Kind.LEAVE, line.stop().requested(), 0)).number() == 0) {
      line.stop().request();
      line.stop().check();
    }
  }

  /** Tells the progress, and that this rank lives; learns whether to stop. */
  private void report() {
    boolean stopping = line.stop().requested();
    line.call(Message.of(Kind.PROGRESS, stopping, progress.takeSteps(), progress.takeState()));
    for (String text = progress.takeMessage(); text != null; text = progress.takeMessage()) {
      line.call(Message.of(Kind.TELL, stopping, 0, text));
    }
  }

  @Override
  public void once(Runnable work) {
    ask();
  }

  @Override
  public boolean decide(BooleanSupplier question) {
    return ask() == 1;
  }

  private long ask() {
    Message answer = line.arrive(Kind.ASK, 0);
    ledger.replace(answer);
    if (answer.number() == TaskServer.STOPPED) {
      line.stop().request();
      line.stop().check();
    }
    return answer.number();
  }
}
