package org.latticelift.io.atoms;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
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
      throw LatticeLiftException.unwritable(file, e);
    }
  }
}
