package org.latticelift.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.latticelift.app.launch.WatchedOutput;

class MainTest {
  private final StringWriter err = new StringWriter();

  @Test
  void resultsReachStdout() {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    assertThat(versionTo(target)).isZero();
    assertThat(target.toString(StandardCharsets.UTF_8)).startsWith("LatticeLift ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFullDiskBehindStdoutIsReported() {
    assertThat(versionTo(failing("No space left on device"))).isEqualTo(73);
    assertThat(err.toString())
        .startsWith("latticelift: Cannot write results: No space left on device (stdout): ")
        .hasLineCount(1);
  }

  @Test
  void aReaderThatHasLeftIsNoError() {
    assertThat(versionTo(failing("Broken pipe"))).isZero();
    assertThat(err.toString()).isEmpty();
  }

  private int versionTo(OutputStream target) {
    WatchedOutput stdout = new WatchedOutput(target);
    PrintWriter out = new PrintWriter(stdout, true, StandardCharsets.UTF_8);
    return Main.run(stdout, out, new PrintWriter(err, true), "--version");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
