package org.latticelift.sim.parallel.tasks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.Ledger;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.Progress;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.ResultBody;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;
import org.latticelift.io.run.task.TaskPool.TaskBody;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.tasks.Coordinator.Relay;
import org.latticelift.sim.parallel.tasks.Coordinator.TaskThreads;
import org.latticelift.sim.parallel.tasks.MessageChannel.Kind;
import org.latticelift.sim.parallel.tasks.MessageChannel.Message;

/**
 * The ranks of this job as a command uses them: what the first one does before the others, the run
 * directory that all share, the tasks. With one rank all of it is direct.
 */
public final class Ranks {
  private final Communicator communicator;
  private final StopSignal stop;
  private final SharedProgress shown = new SharedProgress();
  private final RelayedProgress relayed = new RelayedProgress();
  private final TaskServer desk;
  private final TaskClient line;
  private final RemoteLedger ledger;

  /**
   * Takes over a communicator; all ranks do ({@code communicator}: of this rank, used by the
   * calling thread).
   */
  public Ranks(Communicator communicator, StopSignal stop) {
    this.communicator = communicator;
    this.stop = stop;
    this.desk = first() ? new TaskServer(communicator, stop, shown) : null;
    this.line = first() ? null : new TaskClient(communicator, stop);
    this.ledger = first() ? null : new RemoteLedger(line);
  }

  /** Whether this is the rank that prints; true on rank 0. */
  public boolean first() {
    return communicator.rank() == 0;
  }

  /** The communicator. */
  public Communicator communicator() {
    return communicator;
  }

  /** The request to end early, of this process; tasks carry it to all ranks. */
  public StopSignal stop() {
    return stop;
  }

  /** The hand-out of tasks; shared by all ranks; used by the thread that owns the communicator. */
  public TaskDistributor tasks(int threads) {
    if (communicator.size() == 1) {
      return TaskDistributor.threads(threads, stop);
    }
    return first()
        ? new Coordinator(desk, threads)
        : new Participant(line, ledger, relayed, threads);
  }

  /**
   * Does something on the first rank and, when it has succeeded there, on all others, so that a
   * mistake is found and told once.
   */
  public <T> T firstThenOthers(Supplier<T> work) {
    if (communicator.size() == 1) {
      return work.get();
    }
    if (first()) {
      T made = work.get();
      tasks(1).once(() -> {});
      return made;
    }
    tasks(1).once(() -> {});
    return work.get();
  }

  /**
   * Opens a run directory for all ranks ({@code root}: the folder, on a file system that all ranks
   * see), on the first rank the directory, elsewhere one that records its files there.
   */
  public RunDirectory open(Supplier<RunDirectory> opener, java.nio.file.Path root) {
    if (communicator.size() == 1) {
      return opener.get();
    }
    if (first()) {
      RunDirectory directory = opener.get();
      desk.keep(directory.ledger());
      tasks(1).once(() -> {});
      return directory;
    }
    tasks(1).once(() -> {});
    if (!java.nio.file.Files.isDirectory(root)) {
      throw new LatticeLiftException(
          ExitCode.OUTPUT,
          "rank " + communicator.rank() + " does not see the run directory",
          root.toString(),
          "a folder on a file system that all ranks share",
          "Choose another --out");
    }
    return RunDirectory.join(root, ledger);
  }

  /**
   * What the first rank says, on all; at the end of a command. A rank that comes here while another
   * one waits for it elsewhere is an error of the other one, not a wait without end; where the job
   * was asked to stop, the other one stops.
   */
  public long agree(long value) {
    if (communicator.size() == 1) {
      return value;
    }
    communicator.ending();
    return first() ? desk.end(value) : line.arrive(Kind.END, 0).number();
  }

  /** Progress of all ranks; there it shows all, elsewhere it reports. */
  public ProgressFactory progress(ProgressFactory display) {
    if (communicator.size() == 1) {
      return display;
    }
    if (first()) {
      shown.show(display);
      return shown;
    }
    return relayed;
  }

  /** Tasks as the other ranks see them: every one is called for. */
  static final class Participant implements TaskDistributor {
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

  /** The progress of a rank that shows nothing itself: kept until the next report to the first. */
  static final class RelayedProgress implements ProgressFactory, Progress {
    private final AtomicLong steps = new AtomicLong();
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private volatile String state = "";

    @Override
    public Progress start(String label, long total) {
      return this;
    }

    @Override
    public void step(long n) {
      steps.addAndGet(n);
    }

    @Override
    public void step(long n, String words) {
      steps.addAndGet(n);
      state = words;
    }

    @Override
    public void message(String s) {
      messages.add(s);
    }

    @Override
    public void close() {
      // The first rank ends the display.
    }

    long takeSteps() {
      return steps.getAndSet(0);
    }

    String takeState() {
      String words = state;
      state = "";
      return words;
    }

    /** The next message, or null. */
    String takeMessage() {
      return messages.poll();
    }
  }

  /**
   * The list of committed files on another rank than the first: as the first one had it when this
   * rank came to the present phase, and what tasks of this rank have done since.
   */
  static final class RemoteLedger implements Ledger {
    private final TaskClient line;
    private Map<String, String> checksums = new TreeMap<>();

    RemoteLedger(TaskClient line) {
      this.line = line;
    }

    synchronized void replace(Message answer) {
      if (answer.content().length > 0) {
        checksums = FileList.decode(answer.text());
      }
    }

    @Override
    public synchronized Optional<String> checksum(String name) {
      return Optional.ofNullable(checksums.get(name));
    }

    @Override
    public synchronized Map<String, String> checksums() {
      return new TreeMap<>(checksums);
    }

    @Override
    public void announce(String name, String checksum) throws IOException {
      call(Message.of(Kind.ANNOUNCE, line.stop().requested(), 0, FileList.line(name, checksum)));
    }

    @Override
    public void put(String name, String checksum) throws IOException {
      call(Message.of(Kind.PUT, line.stop().requested(), 0, FileList.line(name, checksum)));
      synchronized (this) {
        checksums.put(name, checksum);
      }
    }

    @Override
    public void remove(String name) throws IOException {
      if (checksum(name).isPresent()) {
        call(Message.of(Kind.REMOVE, line.stop().requested(), 0, name));
        synchronized (this) {
          checksums.remove(name);
        }
      }
    }

    private void call(Message message) throws IOException {
      try {
        Message answer = line.ask(message);
        if (answer.number() != 0) {
          throw new IOException("the first rank cannot record it: " + answer.text());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  /**
   * Another rank's side of all calls. The thread that owns the communicator makes them; threads
   * that work put theirs into a queue and wait for the answer.
   */
  static final class TaskClient {
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
}
