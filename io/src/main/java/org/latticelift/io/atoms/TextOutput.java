package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Writes text; failures have exit code 73. */
final class TextOutput {
  private TextOutput() {}

  interface Body {
    void write(Writer out) throws IOException;
  }

  static void write(Path file, Body body) {
    try (Writer out = Files.newBufferedWriter(file)) {
      body.write(out);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  static LatticeLiftException cannotWrite(Path file, IOException cause) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "cannot write: " + LatticeLiftException.reason(cause),
        file.toString(),
        "a writable folder on a file system with free space",
        "Free space or choose another --out",
        cause);
  }
}
