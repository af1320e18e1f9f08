package org.latticelift.learn.closure;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;

/**
 * How far the training of a run has come, on disk.
 *
 * @param directory of the run
 */
record ClosureCheckpoint(RunDirectory directory) {
  static final String NAME = "checkpoint/closure.ckpt";

  /** Puts a training where it was; it begins where there is no checkpoint. */
  void restore(AutoencoderTraining training) {
    if (!directory.complete(NAME)) {
      return;
    }
    Path file = directory.file(NAME);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      training.read(in);
    } catch (IOException e) {
      throw LatticeLiftException.badData(
          "the checkpoint cannot be read: " + e.getMessage(),
          file.toString(),
          "a checkpoint of this version",
          "Delete it to start this training again");
    }
  }

  void save(AutoencoderTraining training) {
    directory.commit(
        NAME,
        beside -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            training.write(out);
          }
        });
  }

  void delete() {
    directory.delete(NAME);
  }
}
