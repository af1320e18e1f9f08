package org.latticelift.sim.parallel.tasks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.Ledger;
import org.latticelift.io.run.task.ResultBody;
import org.latticelift.io.run.task.TaskBody;
import org.latticelift.io.run.task.TaskDistributor;

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
}
