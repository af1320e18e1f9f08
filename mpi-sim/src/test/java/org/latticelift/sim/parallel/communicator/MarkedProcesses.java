package org.latticelift.sim.parallel.communicator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All processes that a test has started, found by a variable of their environment: also those whose
 * parents have died.
 *
 * @param mark value of the variable, different for every job
 */
public record MarkedProcesses(String mark) {
  private static final String VARIABLE = "LATTICELIFT_TEST_JOB";

  /**
   * Marks a process that is about to start, and so those that it will start.
   *
   * @param builder of the process
   */
  public void mark(ProcessBuilder builder) {
    builder.environment().put(VARIABLE, mark);
  }

  /**
   * Those that are alive; the environment of a zombie is empty.
   *
   * @return of any program
   */
  public List<ProcessHandle> alive() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(this::isMarked).toList();
    }
  }

  /**
   * Those of them that run Java.
   *
   * @return ranks, and what has started them if that is Java, too
   */
  public List<ProcessHandle> ofJava() {
    return alive().stream()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .toList();
  }

  private boolean isMarked(ProcessHandle process) {
    Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
    try {
      byte[] content = Files.readAllBytes(environment);
      String text = "\0" + new String(content, StandardCharsets.ISO_8859_1);
      return text.contains("\0" + VARIABLE + "=" + mark + "\0");
    } catch (IOException e) {
      return false; // it has ended meanwhile
    }
  }
}
