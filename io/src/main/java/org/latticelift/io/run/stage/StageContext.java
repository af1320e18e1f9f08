package org.latticelift.io.run.stage;

import org.latticelift.io.run.directory.Provenance;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskDistributor;

/**
 * Where and how a stage runs.
 *
 * @param directory the folder of the run
 * @param provenance what results say about their origin
 * @param seed seed of all random streams
 * @param threads threads of this process
 * @param progress shows progress
 * @param stop the request to end early
 * @param tasks hands out independent tasks to the threads of all ranks
 */
public record StageContext(
    RunDirectory directory,
    Provenance provenance,
    long seed,
    int threads,
    ProgressFactory progress,
    StopSignal stop,
    TaskDistributor tasks) {

  /**
   * A process that works alone.
   *
   * @param directory the folder of the run
   * @param provenance what results say about their origin
   * @param seed seed of all random streams
   * @param progress shows progress
   * @param stop the request to end early
   */
  public StageContext(
      RunDirectory directory,
      Provenance provenance,
      long seed,
      int threads,
      ProgressFactory progress,
      StopSignal stop) {
    this(
        directory,
        provenance,
        seed,
        threads,
        progress,
        stop,
        TaskDistributor.threads(threads, stop));
  }

  /**
   * The same without the other ranks, for a stage that the first rank runs alone; tasks go to the
   * threads of this process.
   */
  public StageContext alone() {
    return new StageContext(directory, provenance, seed, threads, progress, stop);
  }
}
