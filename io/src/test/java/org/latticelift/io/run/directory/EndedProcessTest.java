package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.testing.ChildJava;

/** A process that is ended while it writes a single file leaves nothing of it. */
class EndedProcessTest {
  private static final int TERMINATED = 143;

  @TempDir private Path folder;

  /** The child: writes half of a file and waits. */
  static final class Child {
    private Child() {}

    /**
     * Writes.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) {
      SingleFile.write(
          Path.of(arguments[0]),
          true,
          beside -> {
            Files.writeString(beside, "half");
            System.out.println("ready");
            try {
              Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
  }

  @Test
  void nothingIsLeftBesideAndTheFormerFileStays() throws Exception {
    Path file = Files.writeString(folder.resolve("atoms.xyz"), "former");
    Process process =
        new ProcessBuilder(ChildJava.command(List.of(), Child.class, file.toString()))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(TERMINATED);
    } finally {
      process.destroyForcibly();
    }
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
    assertThat(file).hasContent("former");
  }
}
