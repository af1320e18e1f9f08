package org.latticelift.sim.parallel.communicator;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;

/**
 * Starts the ranks of MPJ Express as processes of this machine and watches over them. The library
 * has a daemon for that; without it, each rank tells its ports to a starter and is told those of
 * the others. The library itself would wait for ever for a rank that has died, so the starter ends
 * the others. A rank in turn ends when its standard input does, that is, with the starter.
 */
public final class MpjStarter {
  private static final int POLL_MILLIS = 50;
  private static final double HEAP_PERCENT = 60;

  private final List<Process> processes = new ArrayList<>();
  private final StopSignal stop;
  private boolean told;

  private MpjStarter(StopSignal stop) {
    this.stop = stop;
  }

  /**
   * Starts the ranks with this JVM's options and waits for their end.
   *
   * @param ranks how many
   * @param main class to run
   * @param command its arguments
   * @param stop passed on to the ranks as SIGUSR1
   * @return 0 if all have returned 0, else the first other exit code
   */
  public static int run(int ranks, Class<?> main, List<String> command, StopSignal stop) {
    Transports.load("mpj");
    try (ServerSocket server = new ServerSocket(0, ranks, InetAddress.getLoopbackAddress())) {
      return new MpjStarter(stop).run(ranks, java(ranks, main), command, server);
    } catch (IOException e) {
      throw new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "ranks of MPJ Express cannot be started: " + e.getMessage(),
          "this machine",
          "processes that connect to each other on the loopback interface",
          "Run 'latticelift doctor', or use --transport local",
          e);
    }
  }

  private static List<String> java(int ranks, Class<?> main) {
    List<String> words = new ArrayList<>();
    words.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    words.add(String.format(Locale.ROOT, "-XX:MaxRAMPercentage=%.2f", HEAP_PERCENT / ranks));
    int cores = Math.max(1, Runtime.getRuntime().availableProcessors() / ranks);
    words.add("-XX:ActiveProcessorCount=" + cores);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return words;
  }

  private int run(int ranks, List<String> java, List<String> command, ServerSocket server)
      throws IOException {
    String host = server.getInetAddress().getHostAddress();
    String settings = MpjArguments.settings(ranks, host, server.getLocalPort());
    try {
      for (int rank = 0; rank < ranks; rank++) {
        List<String> words = new ArrayList<>(java);
        words.addAll(List.of(Integer.toString(rank), settings, "niodev"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("MPJ_HOME", Transports.folder("mpj").resolve("home").toString());
        builder.redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        processes.add(builder.start());
      }
      introduce(ranks, host, server);
      return awaitEnd();
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
  }

  /** Waits until all have told their ports, then tells all of them those of all. */
  private void introduce(int ranks, String host, ServerSocket server) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    TreeMap<Integer, String> peers = new TreeMap<>();
    server.setSoTimeout(POLL_MILLIS);
    try {
      while (peers.size() < ranks && firstFailure() == 0) {
        try {
          Socket socket = server.accept();
          sockets.add(socket);
          DataInputStream in = new DataInputStream(socket.getInputStream());
          in.readUTF();
          int write = in.readInt();
          int read = in.readInt();
          int rank = in.readInt();
          peers.put(rank, host + "@" + read + "@" + write + "@" + rank + "@0");
        } catch (SocketTimeoutException e) {
          passOn();
        }
      }
      String all = "#Peer Information;" + String.join(";", peers.values());
      for (Socket socket : sockets) {
        new DataOutputStream(socket.getOutputStream()).writeUTF(all);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private int awaitEnd() {
    while (processes.stream().anyMatch(Process::isAlive) && firstFailure() == 0) {
      passOn();
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ExitCode.UNAVAILABLE.code();
      }
    }
    int code = firstFailure();
    if (code == ExitCode.STOPPED.code()) {
      awaitOthers();
    }
    return code;
  }

  /** A stop is orderly: the other ranks are about to end, too. */
  private void awaitOthers() {
    for (Process process : processes) {
      try {
        process.waitFor(10, java.util.concurrent.TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int firstFailure() {
    return processes.stream()
        .filter(process -> !process.isAlive())
        .mapToInt(Process::exitValue)
        .filter(code -> code != 0)
        .findFirst()
        .orElse(0);
  }

  /** Java sends no other signal than SIGTERM and SIGKILL by itself. */
  private void passOn() {
    if (stop.requested() && !told) {
      told = true;
      List<String> words = new ArrayList<>(List.of("kill", "-USR1"));
      processes.stream().filter(Process::isAlive).forEach(p -> words.add("" + p.pid()));
      try {
        new ProcessBuilder(words).start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /**
   * How this process was started: alone, or as one of the ranks of a job. Read from the variables
   * that {@code mpirun} and {@code srun} set, and from the arguments that MPJ Express puts in
   * front.
   *
   * @param transport name of the transport
   * @param ranks number of processes that were started, 0 where the starter does not say
   * @param rankArguments what belongs to the transport
   * @param command the rest of the arguments
   */
  public record JobStart(
      String transport, int ranks, List<String> rankArguments, List<String> command) {
    private static final String MPJ_DEVICE = "niodev";
    private static final int MPJ_ARGUMENTS = 3;
    private static final String CHOSEN = "LATTICELIFT_TRANSPORT";

    public JobStart {
      rankArguments = List.copyOf(rankArguments);
      command = List.copyOf(command);
    }

    /**
     * Reads how the process was started.
     *
     * @param environment variables
     * @param arguments of {@code main}
     * @return the transport is {@code local} if nothing tells of a job
     */
    public static JobStart of(Map<String, String> environment, String... arguments) {
      List<String> all = Arrays.asList(arguments);
      if (isMpj(all)) {
        int ranks = MpjArguments.ranks(all.get(1));
        return new JobStart(
            "mpj", ranks, all.subList(0, MPJ_ARGUMENTS), all.subList(MPJ_ARGUMENTS, all.size()));
      }
      int ranks = started(environment);
      String transport = transport(environment);
      if (transport.equals(LocalRanks.NAME) && ranks > 1) {
        throw singletons(environment, ranks, 1);
      }
      return new JobStart(transport, ranks, List.of(), all);
    }

    /** The one that the launcher has chosen for a rank; without it, the one that always was. */
    private static String transport(Map<String, String> environment) {
      boolean openMpi =
          environment.containsKey("OMPI_COMM_WORLD_SIZE") || environment.containsKey("PMIX_RANK");
      boolean mpi = openMpi || environment.containsKey("PMI_RANK");
      String chosen = environment.getOrDefault(CHOSEN, "");
      if (mpi && !chosen.isEmpty()) {
        return chosen;
      }
      return openMpi ? "openmpi" : LocalRanks.NAME;
    }

    private static boolean isMpj(List<String> arguments) {
      return arguments.size() >= MPJ_ARGUMENTS
          && arguments.get(2).equals(MPJ_DEVICE)
          && arguments.get(0).matches("\\d+")
          && arguments.get(1).contains("#");
    }

    /** A batch script has SLURM_NTASKS without being one of so many tasks; a step has both. */
    private static int started(Map<String, String> environment) {
      int ranks = number(environment, "OMPI_COMM_WORLD_SIZE");
      if (ranks == 0 && environment.containsKey("SLURM_STEP_ID")) {
        ranks = number(environment, "SLURM_STEP_NUM_TASKS");
        if (ranks == 0) {
          ranks = number(environment, "SLURM_NTASKS");
        }
      }
      return ranks == 0 ? number(environment, "PMI_SIZE") : ranks;
    }

    private static int number(Map<String, String> environment, String name) {
      String value = environment.getOrDefault(name, "");
      return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /**
     * Whether this process is one of several, or was started by a starter of ranks.
     *
     * @return false for a process of its own
     */
    public boolean isRank() {
      return !transport.equals(LocalRanks.NAME);
    }

    /**
     * Joins the job.
     *
     * @return the communicator; an error (exit code 69) if fewer ranks see each other than were
     *     started
     */
    public Communicator open() {
      if (!isRank()) {
        return LocalRanks.single();
      }
      Communicator communicator =
          Transports.load(transport).open(rankArguments.toArray(new String[0]));
      if (ranks > 0 && communicator.size() != ranks) {
        throw singletons(System.getenv(), ranks, communicator.size());
      }
      return communicator;
    }

    private static LatticeLiftException singletons(
        Map<String, String> environment, int ranks, int size) {
      return new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          ranks + " processes were started that see " + size + " rank" + (size == 1 ? "" : "s"),
          environment.containsKey("SLURM_STEP_ID") ? "srun" : "start of the ranks",
          "one job of " + ranks + " ranks",
          environment.containsKey("SLURM_STEP_ID")
              ? "Use 'srun --mpi=pmix', or 'latticelift --np N' in the batch script"
              : "Start with the mpirun of the MPI that LatticeLift uses (latticelift doctor); ranks of"
                  + " MPICH need Java >= 22");
    }
  }

  /** The string of settings that a rank of MPJ Express gets as its second argument. */
  static final class MpjArguments {
    private static final String RANKS = "#Number of Processes;";

    private MpjArguments() {}

    /** The settings for a job whose starter listens on a port of this machine. */
    static String settings(int ranks, String host, int port) {
      return RANKS
          + ranks
          + ";#Protocol Switch Limit;131072;#Server Name;"
          + host
          + ";#Server Port;"
          + port;
    }

    /** The number of ranks in a string of settings. */
    static int ranks(String settings) {
      int at = settings.indexOf(RANKS);
      String rest =
          at < 0 ? "" : settings.substring(at + RANKS.length()).replaceFirst("[;#].*", "");
      if (!rest.matches("\\d{1,9}")) {
        throw LatticeLiftException.badData(
            "no number of processes",
            "arguments of MPJ Express: " + settings,
            RANKS + "N",
            "Start with 'latticelift --np N --transport mpj'");
      }
      return Integer.parseInt(rest);
    }
  }
}
