package org.latticelift.sim.parallel.tasks;

import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Carries the failure of a task to the first rank: its message, its exit code, its trace. */
final class Relay {
  private static final char SEPARATOR = '\0';

  private Relay() {}

  static String encode(int rank, Throwable e) {
    LatticeLiftException error =
        e instanceof LatticeLiftException known ? known : unforeseen(rank, e);
    java.io.StringWriter trace = new java.io.StringWriter();
    e.printStackTrace(new java.io.PrintWriter(trace));
    return error.exitCode().name() + SEPARATOR + error.getMessage() + SEPARATOR + trace;
  }

  private static LatticeLiftException unforeseen(int rank, Throwable e) {
    if (e instanceof OutOfMemoryError) {
      return new LatticeLiftException(
          ExitCode.UNAVAILABLE,
          "Out of memory: " + e.getMessage(),
          "rank " + rank + ", heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
          "60 % of the machine's memory, shared by its ranks",
          "Set LATTICELIFT_HEAP for each rank, start fewer ranks, or make the task smaller",
          e);
    }
    StackTraceElement[] trace = e.getStackTrace();
    return new LatticeLiftException(
        ExitCode.BUG,
        "Unexpected " + e,
        "rank " + rank + (trace.length == 0 ? "" : ", " + trace[0]),
        "this is a bug",
        "Please report it with what the same command prints with --debug",
        e);
  }

  /** The failure of a rank as an exception of this one. */
  static LatticeLiftException decode(TaskServer.Call call) {
    String[] parts = call.message().text().split(String.valueOf(SEPARATOR), 3);
    Throwable there = new IllegalStateException("on rank " + call.rank() + ": " + parts[2]);
    return LatticeLiftException.relayed(ExitCode.valueOf(parts[0]), parts[1], there);
  }
}
