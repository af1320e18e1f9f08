package org.latticelift.sim.systems.external;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.system.Condition;

/**
 * The workers of one command. A thread keeps the one that served it last, as long as there are
 * enough; a request of a worker that failed goes to another, with the same seed.
 */
final class WorkerPool {
  static final int VERSION = 1;

  private static final Map<Setup, WorkerPool> POOLS = new ConcurrentHashMap<>();
  private static final int ATTEMPTS = 3;
  private static final double NANOS = 1e9;
  private static final double SHORTEST = 60;
  private static final double OF_LONGEST = 20;

  /** Seconds for a request of a kind of which none has been answered. */
  private static final double UNKNOWN = 3600;

  private static final double IDLE = 30;

  /** Seconds that a worker has for its answer after a request to stop. */
  private static final double AFTER_STOP = 4;

  /** Of each hundred answers a worker may fail once, and so often at first. */
  private static final int MOST_FAILURES = 20;

  private static final int ANSWERS_PER_FAILURE = 100;

  /** Bytes of arrays in a reply to hello. */
  private static final long IN_HELLO = 1 << 20;

  private static final long WATCH_MILLIS = 50;

  private final Setup setup;
  private final List<Worker> workers = new ArrayList<>();
  private final Map<String, Double> longest = new HashMap<>();
  private final Map<Path, String> contents = new HashMap<>();
  private Optional<Description> description = Optional.empty();
  private final SlowTasks slow = new SlowTasks();
  private int starting;
  private int started;
  private long failures;
  private long answers;

  /** When the watch first saw a request to stop; nanoseconds, 0 before. */
  private long stopSeen;

  /**
   * What workers are started with.
   *
   * @param command words
   * @param files among them
   * @param folder in which it runs
   * @param most workers at a time; empty for one per thread
   * @param timeout seconds for an answer; empty for 20 times the longest
   * @param hello the first request, as text
   */
  record Setup(
      List<String> command,
      List<Path> files,
      Path folder,
      OptionalInt most,
      Optional<Double> timeout,
      JsonObject hello) {}

  /**
   * A request.
   *
   * @param request what is sent
   * @param condition at which it is
   * @param kind requests of one kind take times in proportion to their amounts
   * @param amount above 0
   * @param opening the request that opens the state which this one is about
   */
  record Call(
      Frame request, Condition condition, String kind, double amount, Optional<Frame> opening) {
    /** In words, for messages. */
    String task() {
      String task = "task " + request.call() + " at " + condition.name();
      for (String key : List.of("extent", "patch", "seed")) {
        task += request.header().has(key) ? ", " + key + " " + request.header().get(key) : "";
      }
      return task;
    }
  }

  /** Reads a reply, and refuses what is not as it has to be. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Frame reply) throws WorkerFailure;
  }

  private WorkerPool(Setup setup) {
    this.setup = setup;
    Thread watch = new Thread(this::watch, "workers");
    watch.setDaemon(true);
    watch.start();
  }

  /** The same for equal setups, in all systems of the process, until a file of theirs is edited. */
  static WorkerPool of(Setup setup) {
    return POOLS.compute(
        setup, (same, pool) -> pool == null || pool.edited() ? new WorkerPool(same) : pool);
  }

  /** What workers say of themselves; starts one where none has been started. */
  Description description() {
    if (told().isEmpty()) {
      try {
        give(take(Optional.empty()));
      } catch (WorkerFailure e) {
        StopSignal.ofProcess().ifPresent(StopSignal::check);
        throw failure("a worker " + e.getMessage(), "its first request, hello");
      }
    }
    return told().orElseThrow();
  }

  private synchronized Optional<Description> told() {
    return description;
  }

  private synchronized boolean edited() {
    return contents.entrySet().stream()
        .anyMatch(file -> !file.getValue().equals(content(file.getKey())));
  }

  private static String content(Path file) {
    return InputFile.contentHash(file).orElse("");
  }

  private Worker start() throws WorkerFailure {
    Worker worker;
    try {
      double seconds = Math.max(SHORTEST, setup.timeout().orElse(SHORTEST));
      int number;
      synchronized (this) {
        number = ++started;
      }
      worker = Worker.start(setup.command(), setup.folder(), number, seconds);
    } finally {
      synchronized (this) {
        starting--;
        notifyAll();
      }
    }
    synchronized (this) {
      workers.add(worker);
    }
    try {
      Frame hello = new Frame(setup.hello().deepCopy(), List.of());
      Frame reply =
          worker.exchange(hello, setup.timeout().orElse(SHORTEST), IN_HELLO, "its first request");
      refuseError(reply, "hello");
      agree(Description.of(reply, setup.folder()));
      return worker;
    } catch (WorkerFailure e) {
      throw worker.isAlive() ? worker.failed(e.getMessage()) : e;
    } catch (LatticeLiftException e) {
      worker.kill("was refused");
      throw e;
    }
  }

  /** All workers are of one system, and of the same files. */
  private synchronized void agree(Description told) throws WorkerFailure {
    List<Path> files = new ArrayList<>(setup.files());
    files.addAll(told.files());
    for (Path file : files) {
      String now = content(file);
      if (!contents.computeIfAbsent(file, f -> now).equals(now)) {
        throw LatticeLiftException.badData(
            "a file of the worker was edited since this command has begun",
            file.toString(),
            "what it was",
            "Restore the file and use --resume, or begin again");
      }
    }
    if (description.isPresent() && !description.get().header().equals(told.header())) {
      throw new WorkerFailure("describes another system than the one before");
    }
    description = Optional.of(told);
  }

  /** Asks a worker; another, with the same request, where one fails. */
  <T> T call(Call call, Reader<T> reader) {
    String why = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        T answer = attempt(call, reader);
        answered(call);
        return answer;
      } catch (WorkerFailure e) {
        StopSignal.ofProcess().ifPresent(StopSignal::check);
        why = e.getMessage();
        System.err.println("worker failed at " + call.task() + ": it " + why);
        requireFewFailures(why, call);
      }
    }
    throw failure(ATTEMPTS + " workers in a row failed: the last one " + why, call.task());
  }

  private synchronized void answered(Call call) {
    slow.answered(call.task());
    answers++;
  }

  /** A worker that fails at every other request would be replaced for ever. */
  private synchronized void requireFewFailures(String why, Call call) {
    failures++;
    if (failures > MOST_FAILURES + answers / ANSWERS_PER_FAILURE) {
      throw failure(
          failures + " workers failed in " + answers + " requests: the last one " + why,
          call.task());
    }
  }

  private <T> T attempt(Call call, Reader<T> reader) throws WorkerFailure {
    Worker worker = take(call.opening());
    try {
      Optional<Frame> opening = call.opening().filter(frame -> frame != worker.open);
      if (opening.isPresent()) {
        ask(worker, call, opening.get(), "patches", 1);
      }
      return reader.read(ask(worker, call, call.request(), call.kind(), call.amount()));
    } catch (WorkerFailure e) {
      throw worker.isAlive() ? worker.failed(e.getMessage()) : e;
    } finally {
      give(worker);
    }
  }

  private Frame ask(Worker worker, Call call, Frame request, String kind, double amount)
      throws WorkerFailure {
    long begun = System.nanoTime();
    Frame reply =
        worker.exchange(
            request,
            limit(kind, amount),
            told().map(Description::longestReply).orElse(IN_HELLO),
            call.task());
    if (request.call().equals("patches")) {
      worker.open = request;
    }
    double seconds = (System.nanoTime() - begun) / NANOS;
    synchronized (this) {
      longest.merge(kind, seconds / amount, Math::max);
    }
    refuseError(reply, call.task());
    return reply;
  }

  private synchronized double limit(String kind, double amount) {
    Double known = longest.get(kind);
    return setup
        .timeout()
        .orElse(known == null ? UNKNOWN : Math.max(SHORTEST, OF_LONGEST * known * amount));
  }

  private static void refuseError(Frame reply, String task) {
    if (reply.header().has("error")) {
      throw LatticeLiftException.badData(
          "the worker refuses: " + Frame.shortened(reply.header().get("error")),
          task,
          "what its simulator can do",
          "Change the configuration, or the simulator");
    }
  }

  private LatticeLiftException failure(String what, String task) {
    return new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        what,
        "external.command, " + task,
        "answers as docs/reference/worker-protocol.md has them",
        "Mend the simulator, try 'latticelift validate --worker', and resume");
  }

  /** One that has the state open, that served this thread, or that serves none; else a new one. */
  private Worker take(Optional<Frame> opening) throws WorkerFailure {
    Thread me = Thread.currentThread();
    synchronized (this) {
      while (true) {
        workers.removeIf(worker -> !worker.isAlive());
        boolean full = workers.size() + starting >= setup.most().orElse(Integer.MAX_VALUE);
        Optional<Worker> found =
            idle(w -> opening.isPresent() && w.open == opening.get())
                .or(() -> idle(w -> w.served == me))
                .or(() -> idle(w -> full || w.open == null || !w.served.isAlive()));
        if (found.isPresent()) {
          found.get().idle = false;
          found.get().served = me;
          return found.get();
        }
        if (!full) {
          starting++;
          break;
        }
        await();
      }
    }
    return start();
  }

  private Optional<Worker> idle(Predicate<Worker> which) {
    return workers.stream().filter(w -> w.idle).filter(which).findFirst();
  }

  private void await() {
    StopSignal.ofProcess().ifPresent(StopSignal::check);
    try {
      wait(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while all workers are busy", e);
    }
  }

  private synchronized void give(Worker worker) {
    worker.since = System.nanoTime();
    worker.idle = true;
    notifyAll();
  }

  private boolean stopped(long now) {
    boolean requested = StopSignal.ofProcess().filter(StopSignal::requested).isPresent();
    stopSeen = !requested ? 0 : stopSeen == 0 ? now : stopSeen;
    return stopSeen != 0 && now - stopSeen > NANOS * AFTER_STOP;
  }

  /** Ends all that are idle, so that others have to be started. */
  void renew() {
    dismiss(worker -> true);
  }

  private void dismiss(Predicate<Worker> which) {
    List<Worker> unused;
    synchronized (this) {
      unused = workers.stream().filter(w -> w.idle).filter(which).toList();
      workers.removeAll(unused);
    }
    unused.forEach(Worker::dismiss);
  }

  /**
   * Kills workers that do not answer, all busy ones some seconds after a request to stop, and
   * dismisses those that nobody has asked for some time.
   */
  private void watch() {
    while (true) {
      long now = System.nanoTime();
      List<Worker> busy;
      synchronized (this) {
        busy = workers.stream().filter(w -> !w.idle).toList();
      }
      busy.forEach(worker -> worker.watch(now, slow).ifPresent(System.err::println));
      if (stopped(now)) {
        busy.forEach(worker -> worker.kill("did not answer after the request to stop"));
      }
      dismiss(worker -> now - worker.since > NANOS * IDLE);
      try {
        Thread.sleep(WATCH_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }
}
