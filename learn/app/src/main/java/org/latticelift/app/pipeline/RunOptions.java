package org.latticelift.app.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.sim.parallel.communicator.LocalRanks;
import org.latticelift.sim.parallel.tasks.Ranks;

/**
 * How a configuration is run; nothing of it changes results but seed and overrides.
 *
 * @param out run directory; empty: that of the configuration
 * @param seed replaces that of the configuration
 * @param threads of a rank; empty: all cores
 * @param overrides {@code key.path=value}
 * @param mode what to do with a run directory that is not empty
 * @param quiet no progress, only results and errors
 * @param dryRun only say what would be done
 */
public record RunOptions(
    Optional<Path> out,
    OptionalLong seed,
    OptionalInt threads,
    List<String> overrides,
    OpenMode mode,
    boolean quiet,
    boolean dryRun) {
  /**
   * Threads of one rank; by default ranks within one process share its cores.
   *
   * @param ranks the job
   * @return 1 or more
   */
  public int threads(Ranks ranks) {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean oneProcess = ranks.communicator().transport().equals(LocalRanks.NAME);
    return threads.orElse(oneProcess ? Math.max(1, cores / ranks.communicator().size()) : cores);
  }
}
