package org.latticelift.app.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
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
    /**
     * Runs one command.
     *
     * @param ranks the job
     * @param command words of the command line
     * @param results where results go
     * @param errors where errors go
     * @return the exit code
     */
    int run(Ranks ranks, List<String> command, PrintWriter results, PrintWriter errors);
  }

  /**
   * One rank.
   *
   * @param communicator that it has
   * @param out where the first rank prints
   * @param err where errors go
   * @param program what it runs
   */
  public RankProcess(Communicator communicator, PrintWriter out, PrintWriter err, Program program) {
    this.communicator = communicator;
    this.ranks = new Ranks(communicator, StopSignal.installed());
    this.out = out;
    this.err = err;
    this.program = program;
  }

  /**
   * Runs a command to its end.
   *
   * @param command words of the command line
   * @return the exit code; every rank returns the same where none failed
   */
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

  /** Together with all ranks. */
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
}
