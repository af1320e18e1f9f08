package org.latticelift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.cli.TinyRun.Outcome;

/** Initial states from files, as commands take them. */
class StartFileTest {
  private static final int SIDE = 5;
  private static final String CONFIG =
      """
      conditions: {temperature_K: [2000]}
      lattice: {small: 5, large: 5, start: {file: %s, vacancy_at: [[0, 0, 0]]}}
      barrier: {model: pairwise}
      direct: {runs: 1, records: 5, duration: {events: 20}}
      """;

  @TempDir private Path folder;

  /** Types 1, 2, 3 in turn, without names. */
  private Path dump(int side) {
    List<String> atoms = new ArrayList<>();
    for (int i = 0; i < 2 * side * side * side; i++) {
      double half = i % 2 * 1.62;
      double x = i / 2 / side / side * 3.24 + half;
      double y = i / 2 / side % side * 3.24 + half;
      double z = i / 2 % side * 3.24 + half;
      atoms.add(i + 1 + " " + (1 + i % 3) + " " + x + " " + y + " " + z);
    }
    String box = "0 " + 3.24 * side + "\n";
    return TinyRun.write(
        folder.resolve("types.dump"),
        "ITEM: TIMESTEP\n0\nITEM: NUMBER OF ATOMS\n"
            + atoms.size()
            + "\nITEM: BOX BOUNDS pp pp pp\n"
            + box.repeat(3)
            + "ITEM: ATOMS id type x y z\n"
            + String.join("\n", atoms)
            + "\n");
  }

  @Test
  void meaningOfTypesIsSaid() {
    Path dump = dump(SIDE);
    String said = dump + " names no species; its codes are read as 1 Nb, 2 Mo, 3 Ta";
    assertThat(TinyRun.run("sro", dump.toString()).out()).contains(said);
    Path config = TinyRun.write(folder.resolve("alloy.yaml"), CONFIG.formatted(dump));
    Outcome run = TinyRun.run("kmc", config.toString(), "--out", folder.resolve("run").toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("note: " + said);
    Outcome wrong = TinyRun.run("sro", dump.toString(), "--species", "Nb,Mo");
    assertThat(wrong.code()).isEqualTo(65);
    assertThat(wrong.err()).contains("types.dump:12", "'3'", "1 to 2").hasLineCount(1);
  }
}
