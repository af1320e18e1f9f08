package org.latticelift.sim.systems.external;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latticelift.io.run.task.StopSignal;

/**
 * One process of a user's simulator and the socket to it. A shell stands between: it reads a pipe
 * that ends when this program does, in whatever way, and kills the process and all of its group.
 * The shell and the worker each have a process session of their own, so a signal to the group of
 * the program reaches neither.
 */
final class Worker {
  /** The path of the socket. */
  static final String SOCKET = "LATTICELIFT_WORKER_SOCKET";

  /** A worker is no rank of the job. */
  private static final List<String> OF_JOBS =
      List.of("OMPI_", "PMIX_", "PMI_", "PRTE_", "HYDRA_", "HYDI_", "SLURM_");

  private static final List<String> THREADS =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS");

  /**
   * The pipe is standard input, which the worker does not see; a second is left for an orderly end.
   * Signals to a job reach its processes one by one: until the program has ended, none ends these.
   * The folder of the socket goes with the worker, which may end after the program.
   */
  private static final String GUARD =
      """
      stage=$1; shift
      if test "$stage" = first && command -v setsid >/dev/null; then exec setsid /bin/sh -c "$0" "$0" second "$@"; fi
      exec 3<&0 </dev/null 4>&2 2>/dev/null
      trap '' HUP INT TERM USR1 USR2
      if command -v setsid >/dev/null; then setsid "$@" 3<&- 2>&4 4>&- & else "$@" 3<&- 2>&4 4>&- & fi
      worker=$!
      { while read -r line <&3; do :; done; sleep 1; kill -s KILL -- "-$worker" || kill -s KILL "$worker"; } >/dev/null 4>&- &
      guard=$!
      exec 3<&- 4>&-
      wait "$worker"; status=$?
      kill -s KILL "$guard"; kill -s KILL -- "-$worker"
      rm -f "$LATTICELIFT_WORKER_SOCKET"; rmdir "${LATTICELIFT_WORKER_SOCKET%/*}"
      exit "$status"
      """;

  /** Longest path of a Unix socket, nearly. */
  private static final int LONGEST_PATH = 100;

  private static final long POLL_MILLIS = 2;
  private static final int LINES = 8;
  private static final int LONGEST_LINE = 200;

  /** Characters without the end of a line that are printed as one. */
  private static final int MOST_AT_ONCE = 4000;

  private final int number;
  private final Process process;
  private final SocketChannel channel;
  private final Deque<String> lastLines;
  private final Thread errors;
  private volatile Optional<String> killed = Optional.empty();
  private long requests;

  /** Thread that it served last. */
  Thread served = Thread.currentThread();

  /** The request that opened the state that it keeps; null before the first. */
  Frame open;

  /** Whether it waits for a request; guarded by its pool. */
  boolean idle;

  /** When it ended its last work; nanoseconds. */
  volatile long since;

  /** What it is asked for; null while it is not. */
  private volatile Asked asked;

  /** A request that it has to answer, when it was sent (nanoseconds), and its limit (seconds). */
  private record Asked(String task, long begun, double limit) {}

  private Worker(
      int number, Process process, SocketChannel channel, Deque<String> lastLines, Thread errors) {
    this.number = number;
    this.process = process;
    this.channel = channel;
    this.lastLines = lastLines;
    this.errors = errors;
  }

  /** Starts the command in a folder and waits until it is connected. */
  static Worker start(List<String> command, Path folder, int number, double seconds)
      throws WorkerFailure {
    try {
      Path sockets = Files.createTempDirectory("latticelift");
      if (sockets.toString().length() > LONGEST_PATH) {
        Files.delete(sockets);
        sockets = Files.createTempDirectory(Path.of("/tmp"), "latticelift");
      }
      Path path = sockets.resolve("w");
      try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        server.bind(UnixDomainSocketAddress.of(path));
        server.configureBlocking(false);
        return connected(launch(command, folder, path), server, number, seconds);
      } finally {
        Files.deleteIfExists(path);
        Files.deleteIfExists(sockets);
      }
    } catch (IOException e) {
      throw new WorkerFailure("could not be started: " + e.getMessage());
    }
  }

  private static Process launch(List<String> command, Path folder, Path socket) throws IOException {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, GUARD, "first"));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> OF_JOBS.stream().anyMatch(name::startsWith));
    THREADS.forEach(name -> variables.put(name, "1"));
    variables.put(SOCKET, socket.toString());
    return builder.start();
  }

  private static Worker connected(
      Process process, ServerSocketChannel server, int number, double seconds)
      throws IOException, WorkerFailure {
    Deque<String> last = new ArrayDeque<>();
    log(process.getInputStream(), number, new ArrayDeque<>());
    Thread errors = log(process.getErrorStream(), number, last);
    long begun = System.nanoTime();
    boolean running = true;
    while (true) {
      SocketChannel channel = server.accept();
      if (channel != null) {
        return new Worker(number, process, channel, last, errors);
      }
      boolean stopped = StopSignal.ofProcess().filter(StopSignal::requested).isPresent();
      if (!running || stopped || seconds(begun, System.nanoTime()) > seconds) {
        end(process);
        StopSignal.ofProcess().ifPresent(StopSignal::check);
        throw new WorkerFailure(
            (running
                    ? String.format(Locale.ROOT, "did not connect within %.0f s", seconds)
                    : "ended with status " + process.exitValue() + " before it connected")
                + shown(last, errors));
      }
      running = process.isAlive();
      pause(POLL_MILLIS);
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What a worker prints goes to standard error, where the log of a job is. */
  private static Thread log(InputStream stream, int number, Deque<String> last) {
    Thread thread =
        new Thread(
            () -> {
              try (Reader text =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                StringBuilder line = new StringBuilder();
                for (int c = text.read(); c >= 0; c = text.read()) {
                  boolean ends = c == '\n' || c == '\r';
                  if (ends || line.length() == MOST_AT_ONCE) {
                    say(line, number, last);
                  }
                  line.append(ends ? "" : (char) c);
                }
                say(line, number, last);
              } catch (IOException e) {
                // the process is gone
              }
            },
            "worker-" + number);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Prints a line, if there is one, and keeps it if it says something. */
  private static void say(StringBuilder line, int number, Deque<String> last) {
    if (line.isEmpty()) {
      return;
    }
    System.err.println("worker " + number + ": " + line);
    if (line.chars().anyMatch(Character::isLetterOrDigit)) {
      synchronized (last) {
        last.add(line.substring(0, Math.min(LONGEST_LINE, line.length())).strip());
        while (last.size() > LINES) {
          last.remove();
        }
      }
    }
    line.setLength(0);
  }

  private static String shown(Deque<String> last, Thread errors) {
    try {
      errors.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (last) {
      return last.isEmpty() ? "" : "; its last lines: " + String.join(" | ", last);
    }
  }

  /**
   * Sends a request and returns the reply. An error that the worker reports is in the reply.
   *
   * @param limit of the answer, s
   * @param most bytes that the arrays of the reply may have
   * @param task in words, for messages
   */
  Frame exchange(Frame request, double limit, long most, String task) throws WorkerFailure {
    asked = new Asked(task, System.nanoTime(), limit);
    try {
      requests++;
      request.write(channel, requests);
      Frame reply = Frame.read(channel, most);
      if (!reply.header().has("id") || reply.whole("id") != requests) {
        throw new WorkerFailure(
            "answered request "
                + requests
                + " with id "
                + Frame.shortened(reply.header().get("id")));
      }
      return reply;
    } catch (IOException e) {
      throw failed(killed.orElseGet(this::ended));
    } catch (WorkerFailure e) {
      throw failed(e.getMessage());
    } finally {
      asked = null;
    }
  }

  /** Ends a worker that is of no more use; why, with the last lines of its standard error. */
  WorkerFailure failed(String why) {
    kill(why);
    return new WorkerFailure(why + shown(lastLines, errors));
  }

  private String ended() {
    try {
      return process.waitFor(1, TimeUnit.SECONDS)
          ? "ended with status " + process.exitValue()
          : "closed its socket";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "was interrupted";
    }
  }

  private static double seconds(long from, long to) {
    return (to - from) / 1e9;
  }

  /**
   * Kills the worker where an answer takes longer than it may, and returns what to print of one
   * that takes long.
   *
   * @param now nanoseconds
   * @param slow counts what was printed of each task
   */
  Optional<String> watch(long now, SlowTasks slow) {
    Asked request = asked; // once, as it becomes null at any time
    double waited = request == null ? 0 : seconds(request.begun, now);
    if (request != null && waited > request.limit) {
      kill(
          String.format(
              Locale.ROOT, "did not answer within %.0f s (external.timeout_s)", request.limit));
    } else if (request != null && slow.due(request.task, waited)) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "worker %d: no answer for %.0f s, of at most %.0f s (external.timeout_s), to %s",
              number,
              waited,
              request.limit,
              request.task));
    }
    return Optional.empty();
  }

  boolean isAlive() {
    return killed.isEmpty() && process.isAlive();
  }

  /** Ends it at once; whoever waits for its reply is told why. */
  void kill(String why) {
    killed = killed.or(() -> Optional.of(why));
    close();
    end(process);
  }

  /** Asks it to end, for which it has a second. */
  void dismiss() {
    killed = Optional.of("was dismissed");
    try {
      Frame.request("goodbye").write(channel, requests + 1);
    } catch (IOException e) {
      // it is gone
    }
    close();
    end(process);
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // nothing is left to close
    }
  }

  /** The shell kills the group when its input ends. */
  private static void end(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      process.destroyForcibly();
    }
  }
}
