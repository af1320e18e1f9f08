package org.latticelift.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import org.latticelift.communicator.Communicator;
import org.latticelift.communicator.JobAborted;
import org.latticelift.distribution.Ranks;
import org.latticelift.error.ExitCode;
import org.latticelift.task.StopSignal;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Runs the command of a job on one of its ranks. The first rank prints; another one tells its error
 * only if the first has not ended the job meanwhile. An error of any rank ends the job with its
 * exit code.
 */
final class RankProcess {
  private static final long PATIENCE_MILLIS = 1000;

  private final Communicator communicator;
  private final Ranks ranks;
  private final PrintWriter out;
  private final PrintWriter err;

  RankProcess(Communicator communicator, PrintWriter out, PrintWriter err) {
    this.communicator = communicator;
    this.ranks = new Ranks(communicator, StopSignal.installed());
    this.out = out;
    this.err = err;
  }

  /** A command that all ranks run together; of others only the first runs anything. */
  interface Shared {}

  /** The exit code; every rank returns the same where none failed. */
  int run(List<String> command) {
    StringWriter told = new StringWriter();
    try {
      int code = ranks.first() ? execute(command, out, err) : execute(command, told);
      boolean orderly = code == ExitCode.DONE.code() || code == ExitCode.STOPPED.code();
      if (orderly) {
        int common = (int) ranks.agree(code);
        communicator.close();
        return common;
      }
      return failed(code, told.toString());
    } catch (JobAborted e) {
      return e.code();
    }
  }

  private int execute(List<String> command, StringWriter told) {
    return execute(command, new PrintWriter(Writer.nullWriter()), new PrintWriter(told, true));
  }

  private int execute(List<String> command, PrintWriter results, PrintWriter errors) {
    LatticeLift root = new LatticeLift(ranks);
    CommandLine line = CommandLines.create(root, results, errors);
    if (!ranks.first()) {
      line.setExecutionStrategy(new SharedOnly());
    }
    int code = CommandLines.execute(line, command.toArray(new String[0]));
    results.flush();
    errors.flush();
    return code;
  }

  /** What ranks but the first do. */
  private static final class SharedOnly implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
      ParseResult last = parsed;
      while (last.hasSubcommand()) {
        last = last.subcommand();
      }
      boolean shared = last.commandSpec().userObject() instanceof Shared;
      return shared && !parsed.isUsageHelpRequested()
          ? new RunLast().execute(parsed)
          : ExitCode.DONE.code();
    }
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
  static void pause() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
