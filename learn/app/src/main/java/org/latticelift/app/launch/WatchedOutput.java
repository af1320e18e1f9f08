package org.latticelift.app.launch;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Remembers the first failed write, which a {@code PrintWriter} above it would swallow. */
public final class WatchedOutput extends FilterOutputStream {
  private IOException first;

  /** A stream in front of another. */
  public WatchedOutput(OutputStream target) {
    super(target);
  }

  /** The error to report, if a write failed; a reader that has left (a pipe into head) is none. */
  public Optional<LatticeLiftException> failure() {
    if (first == null || "Broken pipe".equals(first.getMessage())) {
      return Optional.empty();
    }
    return Optional.of(
        new LatticeLiftException(
            ExitCode.OUTPUT,
            "Cannot write results: " + first.getMessage(),
            "stdout",
            "it must take all output",
            "Free space or send it elsewhere",
            first));
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (first == null) {
        first = e;
      }
      throw e;
    }
  }
}
