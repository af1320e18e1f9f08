package org.latticelift.learn.ensemble;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import org.latticelift.io.run.directory.KeptResults;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.task.StopSignal;

/** Blocks of which nothing was made before, and nothing needs to be kept. */
final class Kept {
  private static final KeptResults NOTHING = empty();

  private Kept() {}

  static KeptResults nothing() {
    return NOTHING;
  }

  private static KeptResults empty() {
    try {
      java.nio.file.Path folder = Files.createTempDirectory("latticelift-kept");
      folder.toFile().deleteOnExit();
      RunDirectory directory = RunDirectory.open(folder.resolve("run"), OpenMode.NEW, "test");
      return new KeptResults(directory, "checkpoint/none", 1e9, StopSignal.none());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
