package org.latticelift.sim.parallel.communicator;

import java.util.Map;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * The handlers of signals that UCX, the network library of Open MPI and MPICH, would install. They
 * are for signals that the JVM uses itself: the first null pointer that the JVM catches by a signal
 * would kill the process.
 */
public final class UcxSignals {
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
