package org.latticelift.app.launch;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latticelift.app.launch.RankProcess.RankOptions;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;

/** A job whose ranks are threads of this process. */
public final class LocalJob {
  private LocalJob() {}

  /**
   * Runs a command on all ranks ({@code out}: where results go; {@code err}: where errors go); the
   * exit code of the first that failed, or of all.
   */
  public static int run(
      int ranks,
      List<String> command,
      PrintWriter out,
      PrintWriter err,
      RankProcess.Program program) {
    if (ranks > LocalRanks.MOST) {
      throw RankOptions.usage(
          ranks + " ranks in one process", "--np", "up to " + LocalRanks.MOST + " with 'local'");
    }
    List<Callable<Integer>> bodies = new ArrayList<>();
    for (Communicator communicator : LocalRanks.open(ranks)) {
      // Made by the thread that uses it.
      bodies.add(() -> new RankProcess(communicator, out, err, program).run(command));
    }
    return run(bodies);
  }

  private static int run(List<Callable<Integer>> bodies) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            bodies.size(),
            body -> {
              Thread thread = new Thread(body, "rank");
              thread.setDaemon(true);
              return thread;
            });
    int code = 0;
    try {
      List<Future<Integer>> codes = threads.invokeAll(bodies);
      for (Future<Integer> each : codes) {
        code = code == 0 ? each.get() : code;
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdown();
    }
    return code;
  }
}
