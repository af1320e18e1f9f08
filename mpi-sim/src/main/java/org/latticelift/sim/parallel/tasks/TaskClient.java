package org.latticelift.sim.parallel.tasks;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.tasks.MessageChannel.Kind;
import org.latticelift.sim.parallel.tasks.MessageChannel.Message;

/**
 * Another rank's side of all calls. The thread that owns the communicator makes them; threads that
 * work put theirs into a queue and wait for the answer.
 */
final class TaskClient {
  private final Communicator communicator;
  private final StopSignal stop;
  private final MessageChannel wire;
  private final BlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread owner = Thread.currentThread();
  private long phase;

  /** A call of a thread that waits for its answer. */
  private record Pending(Message call, CompletableFuture<Message> answer) {}

  TaskClient(Communicator communicator, StopSignal stop) {
    this.communicator = communicator;
    this.stop = stop;
    this.wire = new MessageChannel(communicator);
  }

  StopSignal stop() {
    return stop;
  }

  int rank() {
    return communicator.rank();
  }

  /** Comes to the next phase, and learns what the first rank says. */
  Message arrive(Kind kind, long second) {
    phase++;
    return call(new Message(kind, stop.requested(), phase, second, new byte[0]));
  }

  /** Calls and waits for the answer; only for the thread that owns the communicator. */
  Message call(Message message) {
    wire.send(message, 0, MessageChannel.CALL);
    Message answer = wire.take(0, MessageChannel.ANSWER);
    wire.done();
    if (answer.stop()) {
      stop.request();
    }
    return answer;
  }

  /** Calls from a thread that works. */
  Message ask(Message message) throws InterruptedException {
    if (Thread.currentThread() == owner) {
      throw new IllegalStateException(
          "only tasks and the first rank commit files: " + message.text());
    }
    Pending pending = new Pending(message, new CompletableFuture<>());
    queue.add(pending);
    try {
      return pending.answer().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Makes one call of a thread that works, if there is one within a time. */
  boolean serve(long millis) {
    try {
      Pending pending = queue.poll(millis, TimeUnit.MILLISECONDS);
      if (pending != null) {
        pending.answer().complete(call(pending.call()));
      }
      return pending != null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
