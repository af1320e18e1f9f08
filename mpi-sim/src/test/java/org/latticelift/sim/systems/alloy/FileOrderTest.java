package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.DatasetInfo;
import org.latticelift.io.hdf5.Hdf5Writer;
import org.latticelift.sim.vacancy.crystal.Crystal;
import org.latticelift.sim.vacancy.order.ObservableList;

/** States in HDF5 files of every shape. */
class FileOrderTest {
  @TempDir Path folder;

  private static DatasetInfo codes(int axes) {
    return new DatasetInfo("1", "codes", Collections.nCopies(axes, "n"), true);
  }

  private Path file(long... dims) {
    Path file = folder.resolve("a.h5");
    byte[] codes = new byte[(int) Arrays.stream(dims).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (byte) (1 + i * i % 7 % 3);
    }
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset("/species", codes, dims, codes(dims.length));
    }
    return file;
  }

  private static FileOrder order(Path file, int index) {
    return FileOrder.of(
        new StartConfig(InputFile.of(file), "", index, List.of()),
        Crystal.bcc(),
        3.24,
        List.of("Nb", "Mo", "Ta"),
        ObservableList.parse("[{pair: {reference: equimolar}}]"));
  }

  static Stream<long[]> shapes() {
    return Stream.of(
        new long[0],
        new long[] {1024},
        new long[] {8, 128},
        new long[] {8, 8, 16},
        new long[] {1, 1, 8, 8, 8, 2},
        new long[] {8, 8, 8, 4},
        new long[] {8, 8, 8, 2, 1},
        new long[] {0, 8, 8, 8, 2},
        new long[] {1, 0, 8, 8, 2},
        new long[] {8, 8, 8, 0});
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void otherShapesAreBadData(long[] dims) {
    Path file = file(dims);
    assertFails(
        ExitCode.BAD_DATA,
        () -> order(file, -1),
        Arrays.toString(dims),
        "a.h5 /species",
        "[nx, ny, nz, 2]");
  }

  @Test
  void oneStateAndASeriesOfItAreTheSame() {
    FileOrder one = order(file(8, 8, 8, 2), -1);
    folder.resolve("a.h5").toFile().delete();
    FileOrder series = order(file(1, 8, 8, 8, 2), 0);
    assertThat(series.values()).containsExactly(one.values());
    assertThat(series.counts()).containsExactly(one.counts());
    assertThat(Arrays.stream(one.counts()).sum()).isEqualTo(1024);
  }

  @Test
  void aSnapshotThatIsNotThere() {
    assertFails(ExitCode.BAD_DATA, () -> order(file(2, 8, 8, 8, 2), 2), "no snapshot 2", "0 to 1");
  }

  @Test
  void ofManyGroupsSomeAreNamed() {
    Path file = folder.resolve("a.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      for (int i = 0; i < 3000; i++) {
        writer.dataset("/g" + i + "/species", new byte[1], new long[] {1, 1, 1, 1}, codes(4));
      }
    }
    assertFails(ExitCode.BAD_DATA, () -> order(file, -1), "3000 states", "2992 more");
  }
}
