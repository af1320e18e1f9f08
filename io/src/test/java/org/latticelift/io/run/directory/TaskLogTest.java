package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done is there again, whatever of the last entry was written. */
class TaskLogTest {
  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = TaskLog.beside(folder.resolve("found.csv"));
  }

  private TaskLog open(OpenMode mode) {
    return TaskLog.open(file, "one", mode);
  }

  private byte[] written() throws IOException {
    try (TaskLog log = open(OpenMode.NEW)) {
      log.add(7, new double[] {1, -0.0, Double.NaN});
      log.add(3, new double[] {});
      log.add(1L << 40, new double[] {Math.PI});
    }
    return Files.readAllBytes(file);
  }

  @Test
  void resultsAreThoseThatWereAdded() throws IOException {
    written();
    try (TaskLog log = open(OpenMode.RESUME)) {
      assertThat(log.finished()).isEqualTo(3);
      assertThat(log.result(7)).contains(new double[] {1, -0.0, Double.NaN});
      assertThat(log.result(3)).contains(new double[0]);
      assertThat(log.result(1L << 40)).contains(new double[] {Math.PI});
      assertThat(log.result(0)).isEmpty();
      log.remove();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aLogThatEndsTooEarlyHasWhatIsComplete() throws IOException {
    byte[] all = written();
    int[] ends = {all.length, all.length - 28, all.length - 48};
    for (int length = 0; length < all.length; length++) {
      Files.write(file, Arrays.copyOf(all, length));
      int complete = 0;
      for (int entries = 3; entries > 0; entries--) {
        complete = complete == 0 && length >= ends[3 - entries] ? entries : complete;
      }
      try (TaskLog log = open(OpenMode.RESUME)) {
        assertThat(log.finished()).as("%d bytes", length).isEqualTo(complete);
        log.add(9, new double[] {2});
      }
      try (TaskLog log = open(OpenMode.RESUME)) {
        assertThat(log.finished()).isEqualTo(complete + 1);
        assertThat(log.result(9)).contains(new double[] {2});
      }
    }
  }

  @Test
  void aChangedBitEndsTheLog() throws IOException {
    byte[] all = written();
    int head = "latticelift finished tasks one\n".length();
    for (int at = head; at < all.length; at++) {
      byte[] damaged = all.clone();
      damaged[at] ^= 16;
      Files.write(file, damaged);
      try (TaskLog log = open(OpenMode.RESUME)) {
        assertThat(log.finished()).as("byte %d", at).isLessThan(3);
      }
    }
  }

  @Test
  void whatIsNotWantedIsRefused() throws IOException {
    byte[] all = written();
    assertFails(() -> open(OpenMode.NEW), "--resume");
    assertFails(() -> TaskLog.open(file, "two", OpenMode.RESUME), "another configuration");
    assertThat(file).hasBinaryContent(all);
    Files.writeString(file, "somebody else's");
    for (OpenMode mode : OpenMode.values()) {
      assertThatThrownBy(() -> open(mode)).hasMessageContaining("not written by this run");
    }
    assertThat(file).hasContent("somebody else's");
  }

  @Test
  void overwritingBeginsAnew() throws IOException {
    written();
    try (TaskLog log = TaskLog.open(file, "two", OpenMode.OVERWRITE)) {
      assertThat(log.finished()).isZero();
    }
    try (TaskLog log = TaskLog.open(file, "two", OpenMode.RESUME)) {
      assertThat(log.finished()).isZero();
    }
  }

  @Test
  void twoAtOnceAreRefused() throws IOException {
    written();
    try (TaskLog log = open(OpenMode.RESUME)) {
      for (OpenMode mode : new OpenMode[] {OpenMode.RESUME, OpenMode.OVERWRITE}) {
        assertThatThrownBy(() -> open(mode)).hasMessageContaining("another process works");
      }
      assertThat(log.finished()).isEqualTo(3);
    }
    try (TaskLog log = open(OpenMode.RESUME)) {
      assertThat(log.finished()).as("nothing was harmed").isEqualTo(3);
    }
  }
}
