package org.latticelift.sim.systems.external;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latticelift.sim.systems.external.Frame.WorkerFailure;

/**
 * One process of a user's simulator and the socket to it. A shell stands between: it reads a pipe
 * that ends when this program does, in whatever way, and kills the process and all of its group.
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
   */
  private static final String GUARD =
      """
      exec 3<&0 </dev/null
      if command -v setsid >/dev/null 2>&1; then setsid "$@" 3<&- & else "$@" 3<&- & fi
      worker=$!
      { while read -r line <&3; do :; done; sleep 1; kill -s KILL -- "-$worker" || kill -s KILL "$worker"; } >/dev/null 2>&1 &
      guard=$!
      exec 3<&-
      wait "$worker"; status=$?
      kill "$guard"; kill -s KILL -- "-$worker" 2>/dev/null
      exit "$status"
      """;

  /** Longest path of a Unix socket, nearly. */
  private static final int LONGEST_PATH = 100;

  private static final long CONNECT_SECONDS = 60;
  private static final long POLL_MILLIS = 2;
  private static final int LINES = 8;
  private static final int LONGEST_LINE = 200;

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

  /** When it began to work or, idle, when it ended; nanoseconds. */
  volatile long since = System.nanoTime();

  /** When the present work has to be done; 0 while idle. */
  volatile long deadline;

  private Worker(Process process, SocketChannel channel, Deque<String> lastLines, Thread errors) {
    this.process = process;
    this.channel = channel;
    this.lastLines = lastLines;
    this.errors = errors;
  }

  /** Starts the command in a folder and waits until it is connected. */
  static Worker start(List<String> command, Path folder, int number) throws WorkerFailure {
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
        return connected(launch(command, folder, path), server, number);
      } finally {
        Files.deleteIfExists(path);
        Files.delete(sockets);
      }
    } catch (IOException e) {
      throw new WorkerFailure("could not be started: " + e.getMessage());
    }
  }

  private static Process launch(List<String> command, Path folder, Path socket) throws IOException {
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "latticelift-worker"));
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> OF_JOBS.stream().anyMatch(name::startsWith));
    THREADS.forEach(name -> variables.put(name, "1"));
    variables.put(SOCKET, socket.toString());
    return builder.start();
  }

  private static Worker connected(Process process, ServerSocketChannel server, int number)
      throws IOException, WorkerFailure {
    Deque<String> last = new ArrayDeque<>();
    log(process.getInputStream(), number, new ArrayDeque<>());
    Thread errors = log(process.getErrorStream(), number, last);
    long begun = System.nanoTime();
    boolean running = true;
    while (true) {
      SocketChannel channel = server.accept();
      if (channel != null) {
        return new Worker(process, channel, last, errors);
      }
      if (!running || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(CONNECT_SECONDS)) {
        end(process);
        throw new WorkerFailure(
            (running
                    ? "did not connect within " + CONNECT_SECONDS + " s"
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
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  System.err.println("worker " + number + ": " + line);
                  synchronized (last) {
                    last.add(line.substring(0, Math.min(LONGEST_LINE, line.length())).strip());
                    while (last.size() > LINES) {
                      last.remove();
                    }
                  }
                }
              } catch (IOException e) {
                // the process is gone
              }
            },
            "worker-" + number);
    thread.setDaemon(true);
    thread.start();
    return thread;
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

  /** Sends a request and reads its reply. An error that the worker tells is in the reply. */
  Frame exchange(Frame request) throws WorkerFailure {
    try {
      requests++;
      request.write(channel, requests);
      Frame reply = Frame.read(channel);
      if (!reply.header().has("id") || reply.whole("id") != requests) {
        throw new WorkerFailure(
            "answered request " + requests + " with id " + reply.header().get("id"));
      }
      return reply;
    } catch (IOException e) {
      throw failed(killed.orElseGet(this::ended));
    } catch (WorkerFailure e) {
      throw failed(e.getMessage());
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

  boolean isLate(long now) {
    long read = deadline; // once, as it becomes 0 at any time
    return read != 0 && now - read > 0;
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
