package org.latticelift.sim.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.testing.WatchedProgress;
import org.latticelift.sim.parallel.communicator.Communicator;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;

/** Ranks of one process that work in one run directory. */
final class LocalJob {
  static final long SEED = 7;

  private LocalJob() {}

  /** What a rank does. */
  interface Part {
    void run(Communicator ranks, StageContext context);
  }

  /**
   * Runs a job to its end.
   *
   * @param stopAfter steps of progress after which it is asked to stop; 0 for never
   */
  static void run(Path out, int size, OpenMode mode, int stopAfter, Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(size);
    try {
      List<Future<?>> parts = new ArrayList<>();
      for (Communicator rank : LocalRanks.open(size)) {
        parts.add(threads.submit(() -> rank(rank, out, mode, stopAfter, part)));
      }
      for (Future<?> each : parts) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void rank(
      Communicator communicator, Path out, OpenMode mode, int stopAfter, Part part) {
    StopSignal stop = StopSignal.none();
    Ranks ranks = new Ranks(communicator, stop);
    ProgressFactory display = WatchedProgress.stopAfter(stopAfter, stop);
    try (RunDirectory directory = ranks.open(() -> RunDirectory.open(out, mode, "test"), out)) {
      part.run(
          communicator,
          new StageContext(
              directory,
              Provenance.here("{}", SEED, 1),
              SEED,
              1,
              ranks.progress(display),
              stop,
              ranks.tasks(1)));
    } catch (RuntimeException | Error e) {
      if (!(e instanceof LatticeLiftException l && l.exitCode() == ExitCode.STOPPED)) {
        communicator.abort(1);
      }
      throw e;
    }
  }
}
