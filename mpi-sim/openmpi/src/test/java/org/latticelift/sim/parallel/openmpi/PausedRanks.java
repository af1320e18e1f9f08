package org.latticelift.sim.parallel.openmpi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.parallel.communicator.MarkedProcesses;

/**
 * Ranks that stand still from their first checkpoint on until the time limit of their job is near,
 * as on a machine that is busy with something else: so a short job meets its limit.
 */
final class PausedRanks {
  private final MarkedProcesses processes;
  private final Path checksums;
  private final Path log;
  private List<ProcessHandle> ranks = List.of();
  private boolean over;

  /**
   * @param processes of the job
   * @param out its run directory
   * @param log of the job
   */
  PausedRanks(MarkedProcesses processes, Path out, Path log) {
    this.processes = processes;
    this.checksums = out.resolve("checksums.sha256");
    this.log = log;
  }

  /** Looks whether it is time to pause them or to let them go on. */
  void look() throws IOException, InterruptedException {
    if (over) {
      return;
    }
    if (contains(log, "limit is near")) {
      over = true;
      signal("-CONT");
    } else if (ranks.isEmpty() && contains(checksums, ".ckpt")) {
      ranks = processes.ofJava();
      signal("-STOP");
    }
  }

  private static boolean contains(Path file, String text) throws IOException {
    return Files.exists(file) && Files.readString(file).contains(text);
  }

  private void signal(String name) throws IOException, InterruptedException {
    if (!ranks.isEmpty()) {
      List<String> words = new ArrayList<>(List.of("kill", name));
      ranks.forEach(rank -> words.add(Long.toString(rank.pid())));
      new ProcessBuilder(words).start().waitFor();
    }
  }
}
