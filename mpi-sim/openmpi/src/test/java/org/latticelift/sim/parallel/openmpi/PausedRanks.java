package org.latticelift.sim.parallel.openmpi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.parallel.communicator.MarkedProcesses;

/**
 * Ranks that stand still from their first checkpoint on until the time limit of their job is near,
 * as on a machine that is busy with something else: so a short job meets its limit. A thread of its
 * own looks, so that the ranks do not get away while somebody waits for an answer of Slurm.
 */
final class PausedRanks implements AutoCloseable {
  private static final int LOOK_MILLIS = 25;

  private final MarkedProcesses processes;
  private final Path checksums;
  private final Path log;
  private final Thread watch = new Thread(this::watch, "paused ranks");
  private List<ProcessHandle> ranks = List.of();
  private volatile boolean over;

  /**
   * @param processes of the job
   * @param out its run directory
   * @param log of the job
   */
  PausedRanks(MarkedProcesses processes, Path out, Path log) {
    this.processes = processes;
    this.checksums = out.resolve("checksums.sha256");
    this.log = log;
    watch.setDaemon(true);
    watch.start();
  }

  /** Whether their job has met its limit, after which they are left alone. */
  boolean over() {
    return over;
  }

  private void watch() {
    try {
      while (!over) {
        look();
        Thread.sleep(LOOK_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the test is over
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }

  /** Looks whether it is time to pause them or to let them go on. */
  private void look() throws IOException, InterruptedException {
    if (contains(log, "limit is near")) {
      signal("-CONT");
      over = true;
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
