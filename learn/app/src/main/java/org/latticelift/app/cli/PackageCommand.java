package org.latticelift.app.cli;

import java.nio.file.Path;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The help of a command that the launcher answers itself, as it needs the sources and Maven. */
@Command(
    name = "package",
    description =
        "Makes an archive that runs from any folder, where there is a Java >= 17 and neither Maven"
            + " nor a network. Equal sources give equal bytes.")
final class PackageCommand implements Runnable {
  @Option(names = "--engine", description = "With the training engine (112 MB more).")
  private boolean engine;

  @Option(names = "--runtime", description = "With a Java of its own, for this processor.")
  private boolean runtime;

  @Option(names = "--out", paramLabel = "FOLDER", description = "Where to; default: this folder.")
  private Path out;

  @Override
  public void run() {
    throw new LatticeLiftException(
        ExitCode.UNAVAILABLE,
        "A package is made from the sources",
        "package",
        "it is a command of the launcher",
        "Run './latticelift package' in the folder of the sources");
  }
}
