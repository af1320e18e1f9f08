package org.latticelift.io.run.task;

import java.time.Duration;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/**
 * A request to write a checkpoint and end. Set by a signal, by a time limit, or by hand; asked by
 * loops between steps. A question costs a volatile read and, with a time limit, a clock read.
 */
public final class StopSignal {
  private static StopSignal shared;

  private volatile String reason;
  private volatile long limitNanos = Long.MAX_VALUE;
  private volatile long startNanos;

  private StopSignal() {}

  /**
   * A signal that only {@link #request()} or {@link #limit} sets.
   *
   * @return a new one
   */
  public static StopSignal none() {
    return new StopSignal();
  }

  /**
   * The signal of this process: SIGTERM, SIGINT and SIGUSR1 set it. A second SIGINT ends the
   * process at once with status 130.
   *
   * @return always the same object
   */
  public static synchronized StopSignal installed() {
    if (shared == null) {
      StopSignal signal = new StopSignal();
      SystemSignals.handle("TERM", () -> signal.request("SIGTERM"));
      SystemSignals.handle("USR1", () -> signal.request("SIGUSR1"));
      SystemSignals.handle("INT", signal::interrupt);
      shared = signal;
    }
    return shared;
  }

  private void interrupt() {
    request("SIGINT");
    SystemSignals.restoreDefault("INT");
  }

  /**
   * Sets a limit of wall-clock time.
   *
   * @param duration from now
   */
  public void limit(Duration duration) {
    startNanos = System.nanoTime();
    limitNanos = duration.toNanos();
  }

  /**
   * Whether work should end at the next safe place.
   *
   * @return true from the first request on
   */
  public boolean requested() {
    if (reason == null
        && limitNanos != Long.MAX_VALUE
        && System.nanoTime() - startNanos >= limitNanos) {
      request("time limit");
    }
    return reason != null;
  }

  /** Requests the end. */
  public void request() {
    request("request");
  }

  private void request(String why) {
    if (reason == null) {
      reason = why;
    }
  }

  /** Throws the error with exit code 75 if the end was requested; call it after a checkpoint. */
  public void check() {
    if (requested()) {
      throw new LatticeLiftException(
          ExitCode.STOPPED,
          "stopped before the end",
          reason,
          "what was committed is kept",
          "Run again with --resume");
    }
  }

  static boolean isStop(Throwable failure) {
    return failure instanceof LatticeLiftException e && e.exitCode() == ExitCode.STOPPED;
  }
}
