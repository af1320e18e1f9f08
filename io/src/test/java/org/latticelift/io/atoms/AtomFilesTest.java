package org.latticelift.io.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.testing.SharedData;

class AtomFilesTest {
  @TempDir Path folder;

  private static AtomFrame frame(List<String> names) {
    return new AtomFrame(
        AtomFrame.rectangular(3.24, 6.48, 9.72),
        new int[] {2, 1, 3},
        new double[] {0, 0.1, 1.0 / 3, 1.62, 1e-12, 2, 3, 4, 5},
        42,
        names);
  }

  private static void assertEqual(AtomFrame actual, AtomFrame expected) {
    assertThat(actual.cell()).isEqualTo(expected.cell());
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.position()).isEqualTo(expected.position());
    assertThat(actual.timestep()).isEqualTo(expected.timestep());
    assertThat(actual.speciesNames()).isEqualTo(expected.speciesNames());
  }

  @Test
  void dumpReadsBackExactly() {
    Path file = folder.resolve("a.dump");
    for (List<String> names : List.of(List.<String>of(), List.of("Nb", "Mo", "Ta"))) {
      LammpsDump.write(file, List.of(frame(names)));
      assertEqual(LammpsDump.read(file), frame(names));
    }
  }

  @Test
  void xyzReadsBackExactly() {
    Path file = folder.resolve("a.xyz");
    ExtendedXyz.write(file, List.of(frame(List.of("Nb", "Mo", "Ta"))));
    assertEqual(ExtendedXyz.read(file), frame(List.of("Nb", "Mo", "Ta")));
    ExtendedXyz.write(file, List.of(frame(List.of())));
    assertThat(ExtendedXyz.read(file).speciesNames()).containsExactly("X2", "X1", "X3");
  }

  @Test
  void namesThatWouldNeedQuotesAreRefused() {
    Path file = folder.resolve("a.xyz");
    for (String name : List.of("N b", "N\"b", "N'b", "N\nb", "N=b", "N\\b", "N,b", "")) {
      assertFails(
          ExitCode.BAD_DATA,
          () -> ExtendedXyz.write(file, List.of(frame(List.of(name, "Mo", "Ta")))),
          "species name");
      assertThat(file).doesNotExist();
    }
  }

  /** AL-06: 341 Nb, 341 Mo, 342 Ta in a box of 25.92 Å. */
  @Test
  void initialConfiguration() {
    AtomFrame frame = LammpsDump.read(SharedData.find("initial-1024.dump"));
    assertThat(frame.atoms()).isEqualTo(1024);
    assertThat(frame.cell()[0]).isEqualTo(25.92);
    for (int type = 1; type <= 3; type++) {
      int code = type;
      assertThat(Arrays.stream(frame.type()).filter(t -> t == code).count())
          .isEqualTo(type == 3 ? 342 : 341);
    }
    assertThat(Arrays.copyOf(frame.position(), 6)).containsExactly(0, 0, 0, 1.62, 1.62, 1.62);
    assertThat(frame.type()[0]).isEqualTo(2);
  }

  @Test
  void unsortedScaledDumpWithShiftedBox() throws Exception {
    Path file = folder.resolve("b.dump");
    Files.writeString(
        file,
        """
        ITEM: UNITS
        metal
        ITEM: TIMESTEP
        7
        ITEM: NUMBER OF ATOMS
        2
        ITEM: BOX BOUNDS pp pp pp
        -1 1
        -1 3
        0 1
        ITEM: ATOMS zs ys xs type id vx
        0.5 0.25 0.5 1 9 0
        0 0 0 2 3 0

        """);
    AtomFrame frame = LammpsDump.read(file);
    assertThat(frame.type()).containsExactly(2, 1);
    assertThat(frame.position()).containsExactly(0, 0, 0, 1, 1, 0.5);
    assertThat(frame.timestep()).isEqualTo(7);
  }

  @Test
  void xyzOfOtherPrograms() throws Exception {
    Path file = folder.resolve("c.xyz");
    Files.writeString(
        file,
        """
        2
        Lattice="2 0 0 1 2 0 0 0 2" Properties=id:I:1:species:S:1:pos:R:3:forces:R:3 energy=-1.5 flag
        1 Ta 0 0 0 1 2 3
        2 Mo 1 1 1 1 2 3
        """);
    AtomFrame frame = ExtendedXyz.read(file);
    assertThat(frame.speciesNames()).containsExactly("Ta", "Mo");
    assertThat(frame.cell()).containsExactly(2, 0, 0, 1, 2, 0, 0, 0, 2);
    assertThat(frame.position()).containsExactly(0, 0, 0, 1, 1, 1);
  }
}
