package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves that is killed when a stage has its results and removes their parts. */
class LeftoverTest {
  private static final String LIST = "checksums.sha256";

  @TempDir private Path folder;

  @Test
  void theNextRunRemovesIt(@SharedRun(ALLOY) SharedRun.Made made) throws IOException {
    Path out = TinyRun.copy(made.folder(), folder.resolve("run"));
    List<String> complete = TinyRun.files(out);
    List<String> left =
        List.of(
            "checkpoint/simulate-T1400-1.ckpt",
            "checkpoint/simulate-T1400-1.a.state",
            "log/simulate-T2000-0-000001.h5", // its first segment was removed
            "parts/pairs-T1400-0.h5",
            "checkpoint/train-m0.ckpt",
            "checkpoint/ensemble.h5-done0.kept",
            "log/direct-T1400-0-000000.h5");
    for (String name : left) {
      plant(out, name);
    }
    plant(out, "log/notes.h5"); // of no stage
    assertThat(TinyRun.runAll(out, TinyRun.CONFIG, "--resume").code()).isZero();
    assertThat(TinyRun.files(out)).doesNotContainAnyElementsOf(left).contains("log/notes.h5");
    assertThat(TinyRun.files(out)).containsAll(complete);
    assertThat(Files.readString(out.resolve(LIST))).doesNotContain(left);
  }

  /** A complete file, as the list says. */
  private static void plant(Path out, String name) throws IOException {
    byte[] content = name.getBytes(StandardCharsets.UTF_8);
    Path file = out.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    String line = TinyRun.sha256(content) + "  " + name + "\n";
    Files.writeString(out.resolve(LIST), line, StandardOpenOption.APPEND);
  }
}
