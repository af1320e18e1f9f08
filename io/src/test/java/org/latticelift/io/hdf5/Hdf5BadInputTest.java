package org.latticelift.io.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

class Hdf5BadInputTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("good.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      DatasetInfo info = DatasetInfo.of("s", "time", "t");
      writer.dataset("/T2000/time", new double[] {1, 2, 3}, new long[] {3}, info);
      writer.dataset("/big", new long[] {1L << 60}, new long[] {1}, info);
      writer.dataset("/code", new byte[] {1}, new long[] {1}, info);
    }
  }

  private Hdf5Reader open() {
    return Hdf5Reader.open(file);
  }

  @Test
  void missingFile() {
    assertFails(
        ExitCode.MISSING_INPUT,
        () -> Hdf5Reader.open(folder.resolve("absent.h5")),
        "does not exist",
        "absent.h5");
  }

  @Test
  void folderInsteadOfAFile() {
    assertFails(ExitCode.MISSING_INPUT, () -> Hdf5Reader.open(folder), "does not exist");
  }

  /** Not with a real file: root, which may read everything, runs the tests, too. */
  @Test
  void aFileOfSomebodyElseIsNotCalledDamaged() {
    Path file = folder.resolve("theirs.h5");
    assertThat(
            LatticeLiftException.unreadable(file, "a file", new AccessDeniedException("" + file)))
        .hasMessageContaining("no permission to read (" + file + ")")
        .hasMessageContaining("Ask its owner");
  }

  @Test
  void notAnHdf5File() throws Exception {
    Files.writeString(file, "ITEM: TIMESTEP\n".repeat(100));
    assertFails(ExitCode.BAD_DATA, this::open, "not an HDF5 file", "good.h5");
  }

  @Test
  void emptyFile() throws Exception {
    Files.write(file, new byte[0]);
    assertFails(ExitCode.BAD_DATA, this::open, "not an HDF5 file");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 20, 47, 48, 100, 300, -1})
  void truncated(int length) throws Exception {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, length < 0 ? all.length + length : length));
    assertFails(ExitCode.BAD_DATA, this::open, "good.h5", "a complete HDF5 file");
  }

  /** Whatever byte is damaged: correct data, or a user error, and never another exception. */
  @Tag("hostile")
  @Test
  void everyDamagedByteIsSurvived() throws Exception {
    byte[] good = Files.readAllBytes(file);
    for (int i = 0; i < good.length; i++) {
      byte[] bad = good.clone();
      bad[i] ^= (byte) (1 + i * 37 % 255);
      Files.write(file, bad);
      try (Hdf5Reader reader = open()) {
        reader.children("/").forEach(name -> reader.attributes("/" + name));
        reader.doubles("/T2000/time");
        reader.longs("/big");
      } catch (LatticeLiftException e) {
        org.assertj.core.api.Assertions.assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
      }
    }
  }

  @Test
  void damagedHeader() throws Exception {
    try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
      access.seek(70);
      access.write(new byte[40]);
    }
    assertFails(
        ExitCode.BAD_DATA,
        () -> {
          try (Hdf5Reader reader = open()) {
            reader.doubles("/T2000/time");
          }
        },
        "good.h5");
  }

  @Test
  void missingDataset() {
    try (Hdf5Reader reader = open()) {
      assertFails(
          ExitCode.BAD_DATA, () -> reader.doubles("/T1000/time"), "no such", "good.h5 /T1000/time");
    }
  }

  @Test
  void wrongShape() {
    try (Hdf5Reader reader = open()) {
      assertFails(
          ExitCode.BAD_DATA,
          () -> reader.requireDims("/T2000/time", -1, 6),
          "wrong shape [3]",
          "shape [any, 6]");
    }
  }

  @Test
  void wrongType() {
    try (Hdf5Reader reader = open()) {
      assertFails(ExitCode.BAD_DATA, () -> reader.ints("/T2000/time"), "float64", "integer");
      assertFails(ExitCode.BAD_DATA, () -> reader.floats("/T2000/time"), "float64", "float32");
      assertFails(ExitCode.BAD_DATA, () -> reader.bytes("/big"), "int64", "uint8");
      assertFails(ExitCode.BAD_DATA, () -> reader.text("/code"), "int8", "text");
    }
  }

  @Test
  void valueOutOfRange() {
    try (Hdf5Reader reader = open()) {
      assertFails(ExitCode.BAD_DATA, () -> reader.ints("/big"), "1152921504606846976", "/big");
      assertFails(ExitCode.BAD_DATA, () -> reader.doubles("/big"), "out of range");
    }
  }

  @Test
  void groupInsteadOfDataset() {
    try (Hdf5Reader reader = open()) {
      assertFails(ExitCode.BAD_DATA, () -> reader.doubles("/T2000"), "a group where", "/T2000");
      assertFails(ExitCode.BAD_DATA, () -> reader.children("/code"), "not a group");
    }
  }

  @Test
  void missingAttribute() {
    try (Hdf5Reader reader = open()) {
      assertFails(ExitCode.BAD_DATA, () -> reader.longAttribute("/", "seed"), "seed is missing");
      assertFails(ExitCode.BAD_DATA, () -> reader.longAttribute("/code", "units"), "@units");
    }
  }

  @Test
  void existingFileIsNotOverwritten() {
    assertFails(ExitCode.OUTPUT, () -> Hdf5Writer.create(file), "exists already", "--overwrite");
  }

  @Test
  void unwritableFolder() {
    Path below = file.resolve("x.h5");
    Hdf5Writer writer = Hdf5Writer.create(below);
    writer.group("/a");
    assertFails(ExitCode.OUTPUT, writer::close, "cannot write", "x.h5");
  }
}
