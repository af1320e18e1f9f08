package org.latticelift.app.cli;

import java.nio.file.Path;
import org.latticelift.learn.sde.ModelFile;
import picocli.CommandLine.Parameters;

/** A trained model. */
final class ModelArgument {
  @Parameters(
      paramLabel = "MODEL",
      description = ModelFile.NAME + ", or the run directory in which it is.")
  private Path path;

  Path path() {
    return path;
  }
}
