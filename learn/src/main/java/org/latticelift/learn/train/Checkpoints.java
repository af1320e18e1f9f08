package org.latticelift.learn.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;

/** Checkpoints of the trainings of one run, one file per model. */
final class Checkpoints {
  static final String NAMES = "checkpoint/train-m";

  private final RunDirectory directory;

  Checkpoints(RunDirectory directory) {
    this.directory = directory;
  }

  private static String name(int model) {
    return NAMES + model + ".ckpt";
  }

  void save(int model, TrainingState state) {
    directory.commit(
        name(model),
        beside -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(beside)))) {
            state.write(out);
          }
        });
  }

  /** The last checkpoint of a model, or null. */
  TrainingState load(int model) {
    if (!directory.complete(name(model))) {
      return null;
    }
    Path file = directory.file(name(model));
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      return TrainingState.read(in);
    } catch (IOException e) {
      throw LatticeLiftException.badData(
          "The checkpoint cannot be read: " + e.getMessage(),
          file.toString(),
          "a checkpoint of this version",
          "Delete it to start this training again");
    }
  }

  void delete(int model) {
    directory.delete(name(model));
  }
}
