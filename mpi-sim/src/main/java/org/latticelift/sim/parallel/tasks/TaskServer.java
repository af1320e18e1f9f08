package org.latticelift.sim.parallel.tasks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Ledger;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.tasks.MessageChannel.Kind;
import org.latticelift.sim.parallel.tasks.MessageChannel.Message;

/**
 * The first rank's side of all calls. Phases are numbered; a call that belongs to a later phase,
 * from a rank that is ahead, is kept until then. While it waits, the thread sleeps most of the
 * time: about 1 % of a core.
 */
final class TaskServer {
  private static final long PAUSE_NANOS = 200_000;

  /** The decision that stands for a requested stop. */
  static final long STOPPED = -75;

  private final Communicator communicator;
  private final StopSignal stop;
  private final MessageChannel wire;
  private final SharedProgress progress;
  private final Deque<Call> early = new ArrayDeque<>();
  private final List<Call> ended = new ArrayList<>();
  private final byte[][] lastList;
  private Ledger ledger;
  private long phase;

  /** A message and who has sent it. */
  record Call(int rank, Message message) {}

  TaskServer(Communicator communicator, StopSignal stop, SharedProgress progress) {
    this.communicator = communicator;
    this.stop = stop;
    this.wire = new MessageChannel(communicator);
    this.progress = progress;
    this.lastList = new byte[communicator.size()][];
  }

  StopSignal stop() {
    return stop;
  }

  int others() {
    return communicator.size() - 1;
  }

  /** From now on other ranks learn what is recorded here, and record here. */
  void keep(Ledger list) {
    this.ledger = list;
  }

  Optional<Ledger> ledger() {
    return Optional.ofNullable(ledger);
  }

  SharedProgress progress() {
    return progress;
  }

  void beginPhase() {
    phase++;
  }

  /** The next call of this phase, if one has come. */
  Optional<Call> poll() {
    for (Call call : early) {
      if (call.message().number() == phase) {
        early.remove(call);
        return Optional.of(call);
      }
    }
    if (!wire.arrived(Communicator.ANY, MessageChannel.CALL)) {
      return Optional.empty();
    }
    Message message = wire.take(Communicator.ANY, MessageChannel.CALL);
    Call call = new Call(wire.done(), message);
    if (message.stop()) {
      stop.request();
    }
    if (message.kind() == Kind.END) {
      ended.add(call);
      return Optional.empty();
    }
    if (isEarly(message)) {
      early.add(call);
      return Optional.empty();
    }
    return Optional.of(call);
  }

  private boolean isEarly(Message message) {
    return (message.kind() == Kind.ASK || message.kind() == Kind.ENTER) && message.number() > phase;
  }

  /** Waits until the command has ended on all ranks. */
  long end(long code) {
    beginPhase();
    while (ended.size() < others()) {
      Optional<Call> call = poll();
      if (call.isEmpty()) {
        pause();
      } else if (stop.requested()) {
        sendOff(call.get());
      } else {
        throw apart(call.get(), Kind.END, 0);
      }
    }
    ended.forEach(call -> answer(call, code));
    return code;
  }

  /** Of a rank that does not know yet that the job stops: no task, and no other way on. */
  private void sendOff(Call call) {
    switch (call.message().kind()) {
      case ASK -> answerWithList(call, STOPPED);
      case ENTER -> answerWithList(call, 0);
      case NEXT -> answer(call, TaskSource.NONE);
      case ANNOUNCE, PUT, REMOVE ->
          answer(call, -1, (ExitCode.STOPPED + ": the job stops").getBytes(StandardCharsets.UTF_8));
      default -> answer(call, 0);
    }
  }

  /** Waits a little, so that threads that work have the core. */
  void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  /**
   * Throws if a rank that is waited for has ended: the error of a stopped job, or that of a wrong
   * stage. Those that have had their answer may have.
   */
  void requireLiving(Set<Integer> answered, Kind kind, long second) {
    for (Call call : ended) {
      if (!answered.contains(call.rank())) {
        stop.check();
        throw apart(call, kind, second);
      }
    }
  }

  void answer(Call call, long number) {
    answer(call, number, new byte[0]);
  }

  void answer(Call call, long number, byte[] content) {
    Message answer = new Message(call.message().kind(), stop.requested(), number, 0, content);
    wire.send(answer, call.rank(), MessageChannel.ANSWER);
  }

  /** Answers with the list of committed files, or with nothing if it is as at the last time. */
  void answerWithList(Call call, long number) {
    byte[] list = ledger == null ? new byte[0] : FileList.encode(ledger.checksums());
    boolean same = java.util.Arrays.equals(list, lastList[call.rank()]);
    lastList[call.rank()] = list;
    answer(call, number, same ? new byte[0] : list);
  }

  /** Decides here and tells all others, each when it asks. */
  long decide(LongSupplier question) {
    beginPhase();
    try {
      long decision = question.getAsLong();
      tellAll(decision);
      return decision;
    } catch (LatticeLiftException e) {
      if (e.exitCode() == ExitCode.STOPPED) {
        tellAll(STOPPED);
      }
      throw e;
    }
  }

  private void tellAll(long decision) {
    Set<Integer> told = new HashSet<>();
    while (told.size() < others()) {
      Optional<Call> call = poll();
      if (call.isPresent()) {
        require(call.get(), Kind.ASK, 0);
        answerWithList(call.get(), decision);
        told.add(call.get().rank());
      } else {
        requireLiving(told, Kind.ASK, 0);
        pause();
      }
    }
  }

  /** All ranks make the same calls in the same order, or a stage is wrong. */
  static void require(Call call, Kind kind, long second) {
    Message message = call.message();
    if (message.kind() != kind || message.second() != second) {
      throw apart(call, kind, second);
    }
  }

  private static IllegalStateException apart(Call call, Kind kind, long second) {
    Message message = call.message();
    return new IllegalStateException(
        "rank "
            + call.rank()
            + " has come to "
            + message.kind()
            + " "
            + message.second()
            + ", the first rank to "
            + kind
            + " "
            + second);
  }
}
