package org.latticelift.io.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Java programs that tests start as processes of their own, with the class path of the test. */
public final class ChildJava {
  /** What the kernels of the program need. */
  public static final List<String> VECTORS = List.of("--add-modules", "jdk.incubator.vector");

  private ChildJava() {}

  /** Returns the command that runs {@code main} ({@code options}: of the Java machine). */
  public static List<String> command(List<String> options, Class<?> main, String... arguments) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    words.addAll(List.of(arguments));
    return words;
  }

  /** Runs {@code main} until it ends well, and returns the lines that it has printed. */
  public static List<String> lines(Class<?> main) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command(List.of(), main)).redirectErrorStream(true).start();
    List<String> lines;
    try (var out = process.inputReader()) {
      lines = out.lines().toList();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as("%s", lines).isZero();
    return lines;
  }
}
