package org.latticelift.app;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.latticelift.app.cli.CommandLines;
import org.latticelift.app.launch.LocalJob;
import org.latticelift.app.launch.RankProcess;
import org.latticelift.app.launch.RankProcess.RankOptions;
import org.latticelift.app.launch.WatchedOutput;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.communicator.MpjStarter;
import org.latticelift.sim.parallel.communicator.MpjStarter.JobStart;

/**
 * The entry point: runs one command, alone or as one of the ranks of a job, and ends the process
 * with its exit code. It is the only class that ends the process.
 */
public final class Main {
  private static final List<String> RANK_VARIABLES =
      List.of("OMPI_COMM_WORLD_RANK", "PMIX_RANK", "SLURM_PROCID", "PMI_RANK");

  private Main() {}

  /** Runs one command and exits ({@code args}: the command line, without the program's name). */
  public static void main(String[] args) {
    WatchedOutput stdout = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(stdout, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    try {
      JobStart start = JobStart.of(System.getenv(), args);
      if (start.isRank()) {
        endAtOnce(rank(start, out, err), out, err);
      }
      System.exit(start(start.command(), stdout, out, err));
    } catch (LatticeLiftException e) {
      if (tells(System.getenv(), args)) {
        CommandLines.report(e, err);
      } else {
        RankProcess.pause(); // who ends first ends the others, perhaps before they have told
      }
      System.exit(e.exitCode().code());
    }
  }

  /** Starts the ranks that this process is asked to start, or runs the command itself. */
  private static int start(
      List<String> args, WatchedOutput stdout, PrintWriter out, PrintWriter err) {
    RankOptions options = RankOptions.of(args);
    int ranks = options.ranks().orElse(1);
    String transport = options.transport().orElse(LocalRanks.NAME);
    if (transport.equals("mpj")) {
      return MpjStarter.run(ranks, Main.class, options.command(), StopSignal.installed());
    }
    if (!transport.equals(LocalRanks.NAME)) {
      throw RankOptions.usage(
          "transport '" + transport + "' cannot be started here",
          "--transport",
          "local, mpj, or through ./latticelift: ffm, openmpi");
    }
    String[] command = options.command().toArray(new String[0]);
    return ranks > 1
        ? LocalJob.run(ranks, options.command(), out, err, CommandLines::run)
        : run(stdout, out, err, command);
  }

  /** Runs one command; results that did not reach stdout are an error, not a loss. */
  static int run(WatchedOutput stdout, PrintWriter out, PrintWriter err, String... args) {
    int code = CommandLines.run(out, err, args);
    out.flush();
    err.flush();
    return code == 0 && stdout.failure().isPresent()
        ? CommandLines.report(stdout.failure().get(), err)
        : code;
  }

  /** Errors that all ranks meet before they are a job are told by one of them. */
  private static boolean tells(Map<String, String> environment, String... args) {
    if (args.length > 1 && args[1].startsWith("#")) {
      return args[0].equals("0"); // MPJ Express
    }
    return RANK_VARIABLES.stream()
        .map(environment::get)
        .filter(rank -> rank != null)
        .findFirst()
        .map(rank -> rank.equals("0"))
        .orElse(true);
  }

  private static int rank(JobStart start, PrintWriter out, PrintWriter err) {
    RankOptions.of(start.command()).requireNone();
    if (start.transport().equals("mpj")) {
      endWithStarter();
    } else {
      endWithParent();
    }
    Communicator communicator = start.open();
    endWithAnyThread(communicator, err);
    return new RankProcess(communicator, out, err, CommandLines::run).run(start.command());
  }

  /**
   * What has started this rank ends it, or tells its MPI to, but not when it was killed itself or
   * has lost its network; the rank would then wait for the others for ever.
   */
  private static void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent ->
                parent
                    .onExit()
                    .thenRun(() -> Runtime.getRuntime().halt(ExitCode.UNAVAILABLE.code())));
  }

  /** The starter holds the other end of standard input as long as it lives. */
  private static void endWithStarter() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is sent.
                  continue;
                }
              } catch (java.io.IOException e) {
                // The end, too.
              }
              Runtime.getRuntime().halt(ExitCode.UNAVAILABLE.code());
            },
            "starter-watch");
    watch.setDaemon(true);
    watch.start();
  }

  /** Without this, a job whose thread has died would wait for it for ever. */
  private static void endWithAnyThread(Communicator communicator, PrintWriter err) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> {
          int code = CommandLines.report(e, err);
          communicator.abort(code);
          Runtime.getRuntime().halt(code);
        });
  }

  /** Whatever threads still do: another rank may wait for the end of this process. */
  private static void endAtOnce(int code, PrintWriter out, PrintWriter err) {
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(code);
  }
}
