package org.latticelift.io.atoms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.io.atoms.ExtendedXyz.ExtendedXyzParser.CommentLine;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;

/** Long lines are read in a time that grows with their length; counts are checked first. */
@Timeout(30)
class HostileAtomFilesTest {
  private static final int LONG = 200_000;
  private static final int VERY_LONG = 4_000_000;
  private static final String LATTICE = "Lattice=\"3 0 0 0 3 0 0 0 3\"";

  @TempDir Path folder;

  private Path xyz(String comment) throws Exception {
    return Files.writeString(folder.resolve("a.xyz"), "1\n" + comment + "\nNb 0 0 0\n");
  }

  static Stream<String> hostile() {
    return Stream.of(LONG, VERY_LONG)
        .flatMap(
            n ->
                Stream.of(
                    "a".repeat(n) + "\"",
                    "a=".repeat(n / 2),
                    "a=\"".repeat(n / 3),
                    "a\"".repeat(n / 2),
                    " ".repeat(n) + "\"",
                    "a ".repeat(n / 2) + "\"",
                    "a=" + "b".repeat(n) + "\"",
                    "a=\"" + " ".repeat(n),
                    "=".repeat(n),
                    "\"".repeat(n),
                    LATTICE + " pbc=\"" + " ".repeat(n) + "F\"",
                    LATTICE + " pbc=\"T" + " ".repeat(n) + "T T F\"",
                    LATTICE + " Properties=" + ":".repeat(n),
                    LATTICE + " Properties=" + "a:R:1:".repeat(n / 6),
                    LATTICE + " species_names=\"" + "X ".repeat(n / 2) + "\"",
                    LATTICE + " timestep=" + "9".repeat(n),
                    "Lattice=\"" + "1 ".repeat(n / 2) + "\"",
                    "Lattice=\"" + "1".repeat(n) + " 0 0 0 1 0 0 0 1\""));
  }

  @Tag("hostile")
  @ParameterizedTest
  @MethodSource("hostile")
  @Timeout(10)
  void aLongLineIsRefusedAtOnce(String comment) throws Exception {
    Path file = xyz(comment);
    assertFails(ExitCode.BAD_DATA, () -> ExtendedXyz.read(file), "a.xyz:");
    try {
      ExtendedXyz.read(file);
    } catch (LatticeLiftException e) {
      assertThat(e.getMessage().length()).isLessThan(2000);
    }
  }

  @Test
  void aLongLineIsRead() throws Exception {
    String more = "note=\"" + "x y=z ".repeat(VERY_LONG / 6) + "\"" + " k=v".repeat(VERY_LONG / 4);
    AtomFrame frame = ExtendedXyz.read(xyz(LATTICE + " " + more + " Timestep=7"));
    assertThat(frame.timestep()).isEqualTo(7);
    assertThat(frame.atoms()).isEqualTo(1);
  }

  @Test
  void anyCommentIsReadOrRefused() throws Exception {
    Random random = new Random(5);
    String alphabet = " \t\"=ab:1";
    for (int i = 0; i < 3000; i++) {
      StringBuilder comment = new StringBuilder(LATTICE);
      for (int k = random.nextInt(12); k > 0; k--) {
        comment.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        assertThat(ExtendedXyz.read(xyz(comment.toString())).atoms()).isEqualTo(1);
        assertThat(comment.toString().chars().filter(c -> c == '"').count() % 2).isZero();
      } catch (LatticeLiftException e) {
        assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_DATA);
      }
    }
  }

  @Test
  void pairsAreTakenApart() {
    CommentLine line = new CommentLine(" A=1 b=\"two words\"\tc d=  e=x=y \u00e9=\u00fc ");
    assertThat(line.pairs())
        .containsEntry("a", "1")
        .containsEntry("b", "two words")
        .containsEntry("c", "T")
        .containsEntry("d", "")
        .containsEntry("e", "x=y")
        .containsEntry("\u00e9", "\u00fc")
        .hasSize(6);
    assertThat(line.rest()).isBlank();
    assertThat(new CommentLine("a=1 b=\"x\"y c").rest()).isEqualTo(" b=\"x\"y c");
    assertThat(new CommentLine("").rest()).isEmpty();
  }

  private static String rows(int n, String row) {
    return row.repeat(n);
  }

  @ParameterizedTest
  @ValueSource(strings = {"700000000", "715827882", "2751"})
  void moreAtomsThanTheFileHasRoomForAreRefused(String count) throws Exception {
    String text = count + "\n" + LATTICE + "\n" + rows(2700, "Nb 0 0 0\n") + "X 0 0 0";
    Path xyz = Files.writeString(folder.resolve("a.xyz"), text);
    String[] parts =
        count.equals("2751") ? new String[] {"a.xyz"} : new String[] {count, "bytes", "a.xyz:2"};
    assertFails(ExitCode.BAD_DATA, () -> ExtendedXyz.read(xyz), parts);
    String dump =
        "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n"
            + count
            + "\nITEM: BOX BOUNDS pp pp pp\n0 3\n0 3\n0 3\nITEM: ATOMS id type x y z\n"
            + rows(2000, "1 1 0 0 0\n");
    Path file = Files.writeString(folder.resolve("a.dump"), dump);
    assertFails(ExitCode.BAD_DATA, () -> LammpsDump.read(file), "a.dump");
  }

  /** The shortest rows there are, without a line break at the end. */
  @Test
  void theShortestFilesHaveRoom() throws Exception {
    Path xyz = Files.writeString(folder.resolve("a.xyz"), "2\n" + LATTICE + "\nX 0 0 0\nX 1 1 1");
    assertThat(ExtendedXyz.read(xyz).atoms()).isEqualTo(2);
    StringBuilder dump = new StringBuilder("ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n9\n");
    dump.append("ITEM: BOX BOUNDS pp pp pp\n0 3\n0 3\n0 3\nITEM: ATOMS id type x y z");
    for (int i = 1; i <= 9; i++) {
      dump.append("\n" + i + " 1 0 0 0");
    }
    Path file = Files.writeString(folder.resolve("a.dump"), dump);
    assertThat(LammpsDump.read(file).atoms()).isEqualTo(9);
  }
}
