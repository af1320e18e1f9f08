package org.latticelift.sim.systems.alloy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
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
import org.latticelift.sim.systems.alloy.AlloyConfig.StartConfig;
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
    return order(file, index, 0.1, 3.24);
  }

  private static FileOrder order(Path file, int index, double maxVacancies, double constant) {
    return FileOrder.of(
        new StartConfig(InputFile.of(file), "", index, List.of(), maxVacancies),
        Crystal.bcc(),
        constant,
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

  /** Cells twice as long as the lattice constant says: eight sites for an atom. */
  @Test
  void aLatticeThatIsMostlyEmptyIsRefused() throws Exception {
    StringBuilder poscar =
        new StringBuilder("W\n1\n38.88 0 0\n0 38.88 0\n0 0 38.88\nNb\n432\nDirect\n");
    for (int i = 0; i < 432; i++) {
      double half = i % 2 * 0.5;
      poscar.append((i / 72 + half) / 6 + " " + (i / 12 % 6 + half) / 6);
      poscar.append(" " + (i / 2 % 6 + half) / 6 + "\n");
    }
    Path file = Files.writeString(folder.resolve("POSCAR"), poscar);
    assertFails(
        ExitCode.BAD_DATA,
        () -> order(file, -1),
        "3024 of 3456 sites are empty (87.5 %)",
        "POSCAR",
        "at most 10 %",
        "2 times as long",
        "lattice constant",
        "--max-vacancies");
    assertThat(order(file, -1, 0.9, 3.24).counts()).startsWith(3024, 432);
    assertThat(order(file, -1, 0, 6.48).counts()).startsWith(0, 432);
  }

  @Test
  void theLargestShareIsRoundedUpToASite() {
    byte[] codes = new byte[250];
    Arrays.fill(codes, 0, 25, (byte) 0);
    Arrays.fill(codes, 25, codes.length, (byte) 2);
    Path file = folder.resolve("few.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(file)) {
      writer.dataset("/species", codes, new long[] {5, 5, 5, 2}, codes(4));
    }
    assertThat(order(file, -1).counts()[0]).isEqualTo(25);
    assertThat(order(file, -1, 0.097, 3.24).counts()[0]).isEqualTo(25);
    assertFails(
        ExitCode.BAD_DATA, () -> order(file, -1, 0.095, 3.24), "25 of 250", "at most 9.5 %");
    assertFails(ExitCode.BAD_DATA, () -> order(file, -1, 0, 3.24), "25 of 250", "at most 0 %");
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
