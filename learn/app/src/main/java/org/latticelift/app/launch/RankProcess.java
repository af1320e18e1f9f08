package org.latticelift.app.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.JobAborted;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * Runs the command of a job on one of its ranks. The first rank prints; another one tells its error
 * only if the first has not ended the job meanwhile. An error of any rank ends the job with its
 * exit code.
 */
public final class RankProcess {
  private static final long PATIENCE_MILLIS = 1000;

  private final Communicator communicator;
  private final Ranks ranks;
  private final PrintWriter out;
  private final PrintWriter err;
  private final Program program;

  /** What a rank runs: a command line. */
  @FunctionalInterface
  public interface Program {
    /** Runs one command ({@code results}: where results go; {@code errors}: where errors go). */
    int run(Ranks ranks, List<String> command, PrintWriter results, PrintWriter errors);
  }

  /** One rank ({@code out}: where the first rank prints; {@code err}: where errors go). */
  public RankProcess(Communicator communicator, PrintWriter out, PrintWriter err, Program program) {
    this.communicator = communicator;
    this.ranks = new Ranks(communicator, StopSignal.installed());
    this.out = out;
    this.err = err;
    this.program = program;
  }

  /** Runs a command to its end; the exit code; every rank returns the same where none failed. */
  public int run(List<String> command) {
    StringWriter told = new StringWriter();
    try {
      int code = ranks.first() ? program.run(ranks, command, out, err) : execute(command, told);
      boolean orderly = code == ExitCode.DONE.code() || code == ExitCode.STOPPED.code();
      return orderly ? end(code) : failed(code, told.toString());
    } catch (JobAborted e) {
      return e.code();
    } catch (
        IllegalStateException e) { // ranks that are not at the same place: the program is wrong
      return failed(ExitCode.BUG.code(), told(e));
    }
  }

  private int end(int code) {
    int common = (int) ranks.agree(code);
    communicator.close();
    return common;
  }

  private String told(IllegalStateException e) {
    String line =
        "latticelift: "
            + new LatticeLiftException(
                    ExitCode.BUG,
                    "Unexpected " + e.getMessage(),
                    "rank " + communicator.rank(),
                    "this is a bug",
                    "Please report it with what the same command prints with --debug",
                    e)
                .getMessage()
            + "\n";
    if (ranks.first()) {
      err.print(line);
    }
    return line;
  }

  private int execute(List<String> command, StringWriter told) {
    return program.run(
        ranks, command, new PrintWriter(Writer.nullWriter()), new PrintWriter(told, true));
  }

  private int failed(int code, String told) {
    if (!ranks.first()) {
      pause();
      err.print(
          told.replaceFirst("^latticelift: ", "latticelift: rank " + communicator.rank() + ": "));
    }
    err.flush();
    communicator.abort(code);
    return code;
  }

  /** Leaves the first rank time to tell the same. */
  public static void pause() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What stands before the command: {@code --np N}, {@code --transport NAME} and {@code --hostfile
   * FILE}. The launcher starts the ranks of MPI itself and passes nothing on; the other transports,
   * whose ranks share a machine, are started here.
   *
   * @param ranks wanted number of ranks, empty if it is not given
   * @param transport wanted transport, empty if it is not given
   * @param command the rest of the command line
   */
  public record RankOptions(
      Optional<Integer> ranks, Optional<String> transport, List<String> command) {
    private static final String RANKS = "--np";
    private static final String TRANSPORT = "--transport";
    private static final String HOSTS = "--hostfile";

    /**
     * Reads the front of a command line; an error of usage if a value is wrong; what stands before
     * the command, and the rest.
     */
    public static RankOptions of(List<String> arguments) {
      Optional<Integer> ranks = Optional.empty();
      Optional<String> transport = Optional.empty();
      List<String> rest = new ArrayList<>(arguments);
      while (!rest.isEmpty() && is(rest.get(0))) {
        String[] option = rest.remove(0).split("=", 2);
        String value = option.length > 1 ? option[1] : rest.isEmpty() ? "" : rest.remove(0);
        if (option[0].equals(RANKS)) {
          ranks = Optional.of(number(value));
        } else if (option[0].equals(HOSTS)) {
          throw usage(
              "only the launcher starts ranks on machines", HOSTS, "./latticelift " + HOSTS);
        } else {
          transport = Optional.of(value);
        }
      }
      return new RankOptions(ranks, transport, List.copyOf(rest));
    }

    /** Whether a word is one of these options. */
    public static boolean is(String word) {
      return word.matches("--(np|transport|hostfile)(=.*)?");
    }

    /**
     * The error for an option that stands after the command, with the line that was meant ({@code
     * command}: name of the command; empty where there is none).
     */
    public static LatticeLiftException late(String word, String command) {
      String option = word.replaceFirst("=.*", "");
      return usage(
          word + " comes too late",
          option,
          "before the command: latticelift "
              + option
              + Map.of(RANKS, " N ", HOSTS, " FILE ").getOrDefault(option, " NAME ")
              + (command.isEmpty() ? "COMMAND" : command)
              + " ...");
    }

    private static int number(String value) {
      if (!value.matches("[1-9]\\d{0,5}")) {
        throw usage("'" + value + "' is no number of ranks", RANKS, "1 or more");
      }
      return Integer.parseInt(value);
    }

    /** An error of usage. */
    public static LatticeLiftException usage(String what, String where, String allowed) {
      return new LatticeLiftException(
          ExitCode.USAGE,
          what,
          where,
          allowed,
          "Run 'latticelift help' for the usage, docs/how-to/many-ranks.md for the transports");
    }

    /** Ranks are started once, from outside. */
    public void requireNone() {
      if (ranks.isPresent() || transport.isPresent()) {
        throw usage(
            "this process is a rank already",
            RANKS + ", " + TRANSPORT,
            "either mpirun or srun starts the ranks, or --np does");
      }
    }
  }
}
