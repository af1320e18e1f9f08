package org.latticelift.io.run.directory;

import java.io.IOException;
import java.nio.file.Path;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** The errors of this package, in one wording. */
final class RunErrors {
  private RunErrors() {}

  /** The error of a file's writer, which knows only the name beside, of which no user knows. */
  static LatticeLiftException named(Path file, Path beside, LatticeLiftException writing) {
    Throwable root = writing;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof IOException cause && writing.getMessage().contains(beside.toString())
        ? LatticeLiftException.unwritable(file, cause)
        : writing;
  }

  static LatticeLiftException notEmpty(Path root) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "the folder is not empty: it holds a run",
        root.toString(),
        "a new or empty folder",
        "Use --resume to continue that run, --overwrite to replace it, or another --out");
  }

  static LatticeLiftException notARun(Path root) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "the folder is not empty and holds no run of this program",
        root.toString(),
        "a new or empty folder, or one with " + Manifest.NAME + " of a run",
        "Choose another --out; nothing was changed here");
  }

  static LatticeLiftException foreign(Path file) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "the file was not written by this run and is not replaced",
        file.toString(),
        "a free name, or a file that " + Manifest.NAME + " records",
        "Move it away and run again with --resume");
  }

  static LatticeLiftException link(Path folder) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "a folder of the run is a symbolic link, which is not followed",
        folder.toString(),
        "folders that lie in the run directory",
        "Put the folder itself there, or choose another --out");
  }

  static LatticeLiftException locked(Path root, String owner) {
    return new LatticeLiftException(
        ExitCode.OUTPUT,
        "another process works in the folder" + (owner.isBlank() ? "" : ": " + owner.strip()),
        root.toString(),
        "one process per folder",
        "Wait for it, or choose another --out");
  }

  static LatticeLiftException otherConfiguration(Path root) {
    return LatticeLiftException.badData(
        "the folder belongs to a run with another configuration or seed",
        root.toString(),
        "the configuration that started it",
        "Make a new run from what stays the same with 'run --from', or use that configuration");
  }

  static LatticeLiftException changed(Path file) {
    return LatticeLiftException.badData(
        "the file differs from what was written (sha256)",
        file.toString(),
        "the file as committed",
        "Move it away or delete it, and run again");
  }
}
