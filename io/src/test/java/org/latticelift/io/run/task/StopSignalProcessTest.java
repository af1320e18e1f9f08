package org.latticelift.io.run.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.testing.ChildJava;

/** Sends real signals to a child process. */
class StopSignalProcessTest {
  /** The child: waits until it is asked to stop. */
  static final class Child {
    private Child() {}

    /**
     * Waits.
     *
     * @param arguments {@code stubborn} to ignore the first request
     */
    public static void main(String[] arguments) throws InterruptedException {
      StopSignal stop = StopSignal.installed();
      System.out.println("ready");
      while (!stop.requested()) {
        Thread.sleep(5);
      }
      System.out.println("requested");
      while (arguments.length > 0) {
        Thread.sleep(5);
      }
      try {
        stop.check();
      } catch (LatticeLiftException e) {
        System.out.println(e.getMessage());
        System.exit(e.exitCode().code());
      }
    }
  }

  private static Process child(String... arguments) throws Exception {
    // A test that runs in the background has SIGINT ignored, and children inherit that.
    ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT");
    builder.command().addAll(ChildJava.command(List.of(), Child.class, arguments));
    return builder.redirectErrorStream(true).start();
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  @ParameterizedTest
  @ValueSource(strings = {"USR1", "TERM", "INT"})
  void aSignalRequestsTheEnd(String name) throws Exception {
    Process process = child();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      signal(process, name);
      assertThat(out.readLine()).isEqualTo("requested");
      assertThat(out.readLine()).contains("SIG" + name, "--resume");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(75);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theSecondInterruptEndsAtOnce() throws Exception {
    Process process = child("stubborn");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      signal(process, "INT");
      assertThat(out.readLine()).isEqualTo("requested");
      signal(process, "INT");
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }
}
