package org.latticelift.io.run.directory;

import java.io.IOException;
import java.nio.file.Path;

/** Writes one result. */
@FunctionalInterface
public interface OutputBody {
  /**
   * Writes the file.
   *
   * @param beside a path that does not exist yet, in the folder of the final file
   * @throws IOException if it cannot be written
   */
  void write(Path beside) throws IOException;
}
