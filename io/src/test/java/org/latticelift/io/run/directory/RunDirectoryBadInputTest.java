package org.latticelift.io.run.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.ElementType;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.io.hdf5.SlabDataset;

class RunDirectoryBadInputTest {
  @TempDir Path folder;

  private RunDirectory open(OpenMode mode) {
    return RunDirectory.open(folder.resolve("run"), mode, "f1");
  }

  @Test
  void nonEmptyFolder() throws Exception {
    Path root = Files.createDirectories(folder.resolve("run"));
    Files.writeString(root.resolve("x"), "x");
    for (OpenMode mode : OpenMode.values()) {
      assertFails(ExitCode.OUTPUT, () -> open(mode), "not empty", "no run", "another --out");
    }
    Files.delete(root.resolve("x"));
    open(OpenMode.NEW).close();
    assertFails(
        ExitCode.OUTPUT, () -> open(OpenMode.NEW), "not empty", "--resume", "--overwrite", "run");
  }

  @Test
  void otherConfiguration() {
    open(OpenMode.NEW).close();
    assertFails(
        ExitCode.BAD_DATA,
        () -> RunDirectory.open(folder.resolve("run"), OpenMode.RESUME, "f2"),
        "another configuration",
        "run --from");
  }

  @Test
  void lockedFolder() {
    try (RunDirectory first = open(OpenMode.NEW)) {
      first.commit("a", beside -> Files.writeString(beside, "1"));
      assertFails(ExitCode.OUTPUT, () -> open(OpenMode.RESUME), "another process works", "process");
      assertThat(first.complete("a")).isTrue();
    }
    open(OpenMode.RESUME).close();
  }

  @Test
  void diskFull() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      OutputBody full =
          beside -> {
            Files.writeString(beside, "half");
            throw new IOException("No space left on device");
          };
      assertFails(
          ExitCode.OUTPUT, () -> directory.commit("a.h5", full), "No space left on device", "a.h5");
      OutputBody wrapped =
          beside -> {
            throw new UncheckedIOException(
                new FileSystemException("a", null, "No space left on device"));
          };
      assertFails(ExitCode.OUTPUT, () -> directory.commit("a.h5", wrapped), "No space left");
      assertThat(directory.complete("a.h5")).isFalse();
      assertThat(directory.root()).isDirectoryNotContaining("glob:**.{h5,partial}");
    }
  }

  @Test
  void diskFullWhileRenaming() {
    Disk disk =
        new Disk() {
          @Override
          public void rename(Path from, Path to) throws IOException {
            if (to.endsWith("a.h5")) {
              throw new IOException("No space left on device");
            }
            Disk.super.rename(from, to);
          }
        };
    Path root = folder.resolve("run");
    try (RunDirectory directory = RunDirectory.open(root, OpenMode.NEW, "f", disk)) {
      assertFails(
          ExitCode.OUTPUT,
          () -> directory.commit("a.h5", beside -> Files.writeString(beside, "whole")),
          "No space left");
      assertThat(root).isDirectoryNotContaining("glob:**.{h5,partial}");
    }
  }

  @Test
  void diskFullInsideHdf5() {
    Path full = Path.of("/dev/full");
    org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full), "SKIPPED: no /dev/full");
    try (RunDirectory directory = open(OpenMode.NEW)) {
      assertFails(
          ExitCode.OUTPUT,
          () ->
              directory.commit(
                  "a.h5",
                  beside -> {
                    Hdf5Writer writer = Hdf5Writer.create(beside);
                    DatasetInfo info = DatasetInfo.of("1", "x", "i");
                    try (SlabDataset x =
                        writer.reserve("/x", ElementType.FLOAT64, new long[] {10}, info)) {
                      writer.close();
                      Files.delete(beside);
                      Files.createSymbolicLink(beside, full);
                      x.write(0, new double[10], 0, 10);
                    }
                  }),
          "No space left",
          "a.h5");
      assertThat(directory.root()).isDirectoryNotContaining("glob:**.{h5,partial}");
    }
  }

  /** Writers know the name beside alone; a user who looks for it finds nothing. */
  @Test
  void whatAWriterSaysNamesTheFileItself() {
    OutputBody full =
        beside -> {
          throw new LatticeLiftException(
              ExitCode.OUTPUT,
              "cannot write the atoms",
              beside.toString(),
              "space",
              "Free it",
              new IllegalStateException(new IOException("No space left on device")));
        };
    Path single = folder.resolve("single.xyz");
    try (RunDirectory directory = open(OpenMode.NEW)) {
      assertThatThrownBy(() -> directory.commit("a.h5", full))
          .hasMessageContaining("No space left on device (" + directory.file("a.h5") + ")");
    }
    assertThatThrownBy(() -> SingleFile.write(single, false, full))
        .hasMessageContaining("No space left on device (" + single + ")");
    OutputBody other =
        beside -> {
          throw LatticeLiftException.badData("not a table", "other.csv", "a table", "Mend it");
        };
    assertThatThrownBy(() -> SingleFile.write(single, false, other))
        .hasMessageContaining("not a table (other.csv)");
  }

  @Test
  void folderBelowAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertFails(
        ExitCode.OUTPUT,
        () -> RunDirectory.open(file.resolve("run"), OpenMode.NEW, "f"),
        "cannot write",
        "file/run");
    assertFails(
        ExitCode.OUTPUT, () -> RunDirectory.open(file, OpenMode.NEW, "f"), "a part of the path");
  }

  @Test
  void folderThatCannotBeMade() {
    assertFails(
        ExitCode.OUTPUT,
        () -> RunDirectory.open(Path.of("/proc/latticelift"), OpenMode.NEW, "f"),
        "cannot write",
        "/proc/latticelift");
  }

  @Test
  void changedResult() throws Exception {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      directory.commit("a", beside -> Files.writeString(beside, "1"));
    }
    Files.writeString(folder.resolve("run/a"), "2");
    try (RunDirectory directory = open(OpenMode.RESUME)) {
      assertFails(ExitCode.BAD_DATA, () -> directory.complete("a"), "sha256", "delete it", "run/a");
    }
  }

  @Test
  void damagedList() throws Exception {
    open(OpenMode.NEW).close();
    Files.writeString(folder.resolve("run/" + Manifest.NAME), "# latticelift run f1\nabc\n");
    assertFails(ExitCode.BAD_DATA, () -> open(OpenMode.RESUME), "damaged", Manifest.NAME + ":2");
  }

  @Test
  void missingResult() {
    try (RunDirectory directory = open(OpenMode.NEW)) {
      assertFails(ExitCode.MISSING_INPUT, () -> directory.checksum("pairs.h5"), "pairs.h5");
    }
  }

  @Test
  void missingInputOfProvenance() {
    Provenance provenance = Provenance.here("seed: 1\n", 1, 1);
    assertFails(
        ExitCode.MISSING_INPUT, () -> provenance.withInput(folder.resolve("no.h5")), "no.h5");
  }
}
