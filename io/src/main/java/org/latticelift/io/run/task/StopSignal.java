package org.latticelift.io.run.task;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
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

  /** A signal that only {@link #request()} or {@link #limit} sets; a new one. */
  public static StopSignal none() {
    return new StopSignal();
  }

  /**
   * The signal of this process: SIGTERM, SIGINT and SIGUSR1 set it. A second SIGINT ends the
   * process at once with status 130. Returns always the same object.
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

  /**
   * Returns the signal of this process where there is one, for code that waits far below the loops
   * that check it; empty in a program that has installed none.
   */
  public static synchronized Optional<StopSignal> ofProcess() {
    return Optional.ofNullable(shared);
  }

  /** The default comes back first: who sees the request may interrupt again at once. */
  private void interrupt() {
    SystemSignals.restoreDefault("INT");
    request("SIGINT");
  }

  /** Sets a limit of wall-clock time ({@code duration}: from now). */
  public void limit(Duration duration) {
    startNanos = System.nanoTime();
    limitNanos = duration.toNanos();
  }

  /** Whether work should end at the next safe place; true from the first request on. */
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

  /**
   * Handlers of operating-system signals through {@code sun.misc.Signal}. Reflection, because the
   * compiler's warning about that class cannot be switched off and warnings are errors here.
   */
  static final class SystemSignals {
    private SystemSignals() {}

    static void handle(String name, Runnable action) {
      InvocationHandler invocation =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> run(action);
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == arguments[0];
                default -> "handler of " + name;
              };
      install(
          name,
          type ->
              Proxy.newProxyInstance(
                  SystemSignals.class.getClassLoader(), new Class<?>[] {type}, invocation));
    }

    static void restoreDefault(String name) {
      install(name, type -> type.getField("SIG_DFL").get(null));
    }

    /** Makes a {@code sun.misc.SignalHandler}. */
    private interface HandlerFactory {
      Object make(Class<?> type) throws ReflectiveOperationException;
    }

    private static void install(String name, HandlerFactory factory) {
      try {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        signal
            .getMethod("handle", signal, type)
            .invoke(
                null, signal.getConstructor(String.class).newInstance(name), factory.make(type));
      } catch (ReflectiveOperationException e) {
        throw new LatticeLiftException(
            ExitCode.UNAVAILABLE,
            "cannot handle SIG" + name,
            System.getProperty("java.vm.name"),
            "a JVM with sun.misc.Signal that does not use this signal itself",
            "Use OpenJDK 17 or later without -Xrs",
            e);
      }
    }

    private static Object run(Runnable action) {
      action.run();
      return null;
    }
  }
}
