package org.latticelift.io.atoms;

import static org.latticelift.io.testing.Failures.assertFails;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.io.error.ExitCode;

class AtomFilesBadInputTest {
  private static final String DUMP =
      """
      ITEM: TIMESTEP
      0
      ITEM: NUMBER OF ATOMS
      2
      ITEM: BOX BOUNDS pp pp pp
      0 3.24
      0 3.24
      0 3.24
      ITEM: ATOMS id type x y z
      1 2 0 0 0
      2 3 1.62 1.62 1.62
      """;
  private static final String XYZ =
      """
      2
      Lattice="3 0 0 0 3 0 0 0 3" Properties=species:S:1:pos:R:3 species_names="Nb Mo"
      Nb 0 0 0
      Mo 1 1 1
      """;

  @TempDir Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("in.txt"), text);
  }

  /** Each case replaces a part of a good dump; the error names the line. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2 3 1.62 1.62 1.62\\n| |11|ends too early",
        "ITEM: NUMBER OF ATOMS\\n2|ITEM: NUMBER OF ATOMS\\n3|12|ends too early",
        "ITEM: NUMBER OF ATOMS\\n2|ITEM: NUMBER OF ATOMS\\n1|11|unexpected '2 3 1.62",
        "ITEM: NUMBER OF ATOMS\\n2|ITEM: NUMBER OF ATOMS\\n-4|4|'-4' is no number of atoms",
        "ITEM: TIMESTEP\\n0|ITEM: TIMESTEP\\nx|2|'x' is no time step",
        "0 3.24\\nITEM: ATOMS|ITEM: ATOMS|8|two numbers",
        "2 3 1.62|2 3 abc|11|'abc' is no coordinate",
        "2 3 1.62|2 3 NaN|11|'NaN' is no coordinate",
        "2 3 1.62|2 0 1.62|11|'0' is no atom type",
        "2 3 1.62|2 300 1.62|11|'300' is no atom type",
        "2 3 1.62|1 3 1.62|11|the id 1 appears twice",
        "1 2 0 0 0|1 2 0 0|10|4 columns",
        "pp pp pp|xy xz yz pp pp pp|5|unsupported box",
        "pp pp pp|ff pp pp|5|unsupported box 'ff pp pp'",
        "pp pp pp\\n0 3.24|pp pp pp\\n0 -3.24|6|no positive length",
        "pp pp pp\\n0 3.24|pp pp pp\\n0 3.24 1|6|two numbers",
        "id type x y z|id type x y|9|no single column 'z'",
        "id type x y z|type x y z|9|no single column 'id'",
        "ITEM: BOX|BOX|5|ITEM: BOX BOUNDS",
      })
  void dump(String part, String replacement, int line, String message) throws Exception {
    String to = replacement == null ? "" : replacement.replace("\\n", "\n");
    String bad = DUMP.replace(part.replace("\\n", "\n"), to);
    Path file = file(bad);
    assertFails(
        ExitCode.BAD_DATA, () -> LammpsDump.read(file), message, "in.txt:" + line, "Correct");
  }

  @Test
  void dumpWithTwoFrames() throws Exception {
    Path file = file(DUMP + DUMP);
    assertFails(ExitCode.BAD_DATA, () -> LammpsDump.read(file), "in.txt:12", "one frame");
  }

  @Test
  void dumpWithTwoNamesOfOneType() throws Exception {
    String text =
        DUMP.replace("x y z", "x y z element")
            .replace("0 0 0", "0 0 0 Mo")
            .replace("2 3 1.62 1.62 1.62", "2 2 1 1 1 Ta");
    Path file = file(text);
    assertFails(ExitCode.BAD_DATA, () -> LammpsDump.read(file), "type 2 is Mo and Ta");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3 0 0 0 3 0 0 0 3|3 0 0 0 3|2|a lattice of 5 numbers",
        "3 0 0 0 3 0 0 0 3|3 0 0 0 3 0 0 0 x|2|'x' is no lattice component",
        "3 0 0 0 3 0 0 0 3|3 0 0 0 3 0 0 0 -3|2|no positive volume",
        "Lattice=|Latice=|2|no lattice",
        "pos:R:3|pos:R|2|malformed Properties",
        "species:S:1|name:S:1|2|no species",
        "Mo 1 1 1|Ta 1 1 1|4|unknown species 'Ta'",
        "Mo 1 1 1|Mo 1 1|4|3 columns",
        "Mo 1 1 1|Mo 1 inf 1|4|'inf' is no coordinate",
        "Properties|pbc=\"T T F\" Properties|2|unsupported pbc",
        "Properties|Origin=\"1 0 0\" Properties|2|Origin is not supported",
        "species_names=\"Nb Mo\"|species_names=\"Nb Mo|2|cannot read",
      })
  void xyz(String part, String replacement, int line, String message) throws Exception {
    Path file = file(XYZ.replace(part, replacement));
    assertFails(ExitCode.BAD_DATA, () -> ExtendedXyz.read(file), message, "in.txt:" + line);
  }

  @Test
  void xyzWithWrongCount() throws Exception {
    Path three = file("3" + XYZ.substring(1));
    assertFails(ExitCode.BAD_DATA, () -> ExtendedXyz.read(three), "atom 3 of 3");
    Path none = file("none" + XYZ.substring(1));
    assertFails(ExitCode.BAD_DATA, () -> ExtendedXyz.read(none), "in.txt:1", "'none' is no number");
  }

  @Test
  void missingAndBinaryFiles() throws Exception {
    Path absent = folder.resolve("no.dump");
    assertFails(ExitCode.MISSING_INPUT, () -> LammpsDump.read(absent), "no.dump");
    Path binary = Files.write(folder.resolve("b.dump"), new byte[] {(byte) 0xff, 0, 1, 2});
    assertFails(ExitCode.BAD_DATA, () -> LammpsDump.read(binary), "not text");
  }

  @Test
  void unwritable() {
    AtomFrame frame =
        new AtomFrame(
            AtomFrame.rectangular(1, 1, 1), new int[] {1}, new double[3], 0, List.of("Nb"));
    Path inside = folder.resolve("missing/a.dump");
    assertFails(
        ExitCode.OUTPUT, () -> LammpsDump.write(inside, List.of(frame)), "cannot write", "a.dump");
  }
}
