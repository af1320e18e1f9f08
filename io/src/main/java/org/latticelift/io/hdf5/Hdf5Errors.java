package org.latticelift.io.hdf5;

import java.nio.file.Path;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** The errors of this package, in one wording. */
final class Hdf5Errors {
  private Hdf5Errors() {}

  static LatticeLiftException unreadable(Path file, String what, Throwable cause) {
    return new LatticeLiftException(
        ExitCode.BAD_DATA,
        what,
        file.toString(),
        "a complete HDF5 file",
        "Make the file again or copy it again",
        cause);
  }

  static LatticeLiftException badDataset(Path file, String path, String what, String allowed) {
    return badData(
        file, path, what, allowed, "Look at the file with `latticelift inspect` and make it again");
  }

  static LatticeLiftException badData(
      Path file, String path, String what, String allowed, String remedy) {
    return LatticeLiftException.badData(what, file + " " + path, allowed, remedy);
  }
}
