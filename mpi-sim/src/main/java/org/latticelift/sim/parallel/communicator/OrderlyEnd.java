package org.latticelift.sim.parallel.communicator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

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

  /**
   * The handlers of signals that UCX, the network library of Open MPI and MPICH, would install.
   * They are for signals that the JVM uses itself: the first null pointer that the JVM catches by a
   * signal would kill the process.
   */
  public static final class UcxSignals {
    private static final String VARIABLE = "UCX_ERROR_SIGNALS";

    private UcxSignals() {}

    /**
     * Requires that UCX installs none.
     *
     * @param environment variables of this process; exit code 69 if they do not forbid it
     */
    public static void requireNone(Map<String, String> environment) {
      String value = environment.get(VARIABLE);
      if (value == null || !value.isEmpty()) {
        throw new LatticeLiftException(
            ExitCode.UNAVAILABLE,
            VARIABLE + (value == null ? " is not set" : " is '" + value + "'"),
            "environment of the rank",
            "set and empty, else UCX turns what the JVM handles into crashes",
            "Start through ./latticelift, or export " + VARIABLE + "= before Java starts");
      }
    }
  }
}
