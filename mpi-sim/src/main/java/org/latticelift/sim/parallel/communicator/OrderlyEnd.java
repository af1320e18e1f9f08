package org.latticelift.sim.parallel.communicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * How the first rank tells the launcher that all ranks have left the job in an orderly way, because
 * starters of ranks may end with 0 when they have lost one: Hydra on a busy machine, {@code mpirun}
 * of Open MPI 5 when a machine is cut off.
 */
public final class OrderlyEnd {
  private static final String ENDED = "LATTICELIFT_RANKS_ENDED";

  private OrderlyEnd() {}

  /**
   * Makes the file that the launcher waits for, or prints the line that it waits for where this
   * rank may be on another machine. Called once, by the first rank, when it has left the job.
   *
   * @param environment variables; nothing is done where the launcher does not wait
   */
  public static void tell(Map<String, String> environment) {
    String ended = environment.getOrDefault(ENDED, "");
    if (!ended.startsWith("/")) {
      if (!ended.isEmpty()) {
        System.err.println(ended);
      }
      return;
    }
    try {
      Files.write(Path.of(ended), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
