package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.atoms.AtomFiles;

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
    return dump(side, 3.24);
  }

  private Path dump(int side, double constant) {
    List<String> atoms = new ArrayList<>();
    for (int i = 0; i < 2 * side * side * side; i++) {
      double half = i % 2 * constant / 2;
      double x = i / 2 / side / side * constant + half;
      double y = i / 2 / side % side * constant + half;
      double z = i / 2 % side * constant + half;
      atoms.add(i + 1 + " " + (1 + i % 3) + " " + x + " " + y + " " + z);
    }
    String box = "0 " + constant * side + "\n";
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

  private Path config(String name, String lattice, String more) {
    return TinyRun.write(
        folder.resolve(name),
        """
        conditions: {temperature_K: [2000]}
        lattice: {vacancy_concentration: 0.004, %s}
        barrier: {model: pairwise}
        simulate: {runs: 2, records: 10, duration: {events: 100}}
        evolve: {samples: 30, duration: {mean_events: 10}}
        train: {epochs: 2, models: 1}
        ensemble: {trajectories: 4, records: 11, horizon: {relaxations: 2}}
        %s
        """
            .formatted(lattice, more));
  }

  private static final String DIRECT = "direct: {runs: 1, records: 5, duration: {events: 20}}";

  private Outcome run(String command, Path config) {
    return TinyRun.run(command, config.toString(), "--out", folder.resolve("run").toString());
  }

  private static String start(String file) {
    return "start: {file: " + file + ", vacancy_at: [[0, 0, 0]]}";
  }

  private void refused(String command, Path config, String... told) {
    Outcome outcome = run(command, config);
    assertThat(outcome.err()).hasLineCount(1).contains(told);
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** A state that no stage of the command begins with is not passed over. */
  @Test
  void aStartThatNothingUsesIsRefused() {
    String dump = dump(SIDE).toString();
    Path small = config("small.yaml", "small: 5, large: 10, " + start(dump), DIRECT);
    refused("kmc", small, "lattice.start", dump, "5 x 5 x 5 cells", "lattice.large");
    Path large = config("large.yaml", "small: 6, large: 5, " + start(dump), "");
    refused("simulate", large, "lattice.start", dump, "lattice.small");
    refused("validate", large, "lattice.start");
    assertThat(run("validate", small).err()).isEmpty(); // simulate begins with it
  }

  /** What another stage begins with is said where it is not used. */
  @Tag("pipeline")
  @Test
  void whatStartsAtRandomIsSaid() {
    Path config = config("a.yaml", "small: 5, large: 10, " + start(dump(SIDE).toString()), DIRECT);
    Outcome outcome = run("run", config);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("note: direct starts at random: lattice.start is a lattice of 5 x 5 x 5 cells")
        .doesNotContain("simulate starts at random");
    // What reads the plan finds the table first.
    Outcome plan = TinyRun.run("run", config.toString(), "--dry-run");
    assertThat(plan.out()).startsWith("stage ").contains("note: direct starts at random");
  }

  @Test
  void aCompositionBesideAStartMustBeItsOwn() {
    String start = "small: 5, large: 5, " + start(dump(SIDE).toString());
    Path other = config("b.yaml", start + ", composition: {Nb: 2, Mo: 1, Ta: 1}", DIRECT);
    refused("kmc", other, "lattice.composition", "Nb 125", "Nb 83", "types.dump");
    Path same = config("c.yaml", start + ", composition: {Nb: 1, Mo: 1, Ta: 1}", DIRECT);
    assertThat(run("kmc", same).err()).isEmpty();
  }

  @Test
  void pathsAreRelativeToTheConfiguration() throws java.io.IOException {
    dump(SIDE);
    java.nio.file.Files.createDirectory(folder.resolve("configs"));
    String start = "small: 5, large: 5, " + start("../types.dump");
    assertThat(run("kmc", config("configs/d.yaml", start, DIRECT)).err()).isEmpty();
    Path missing = config("configs/e.yaml", "small: 5, large: 5, " + start("no.dump"), DIRECT);
    Outcome outcome = run("kmc", missing);
    assertThat(outcome.code()).isEqualTo(66);
    assertThat(outcome.err())
        .contains("lattice.start", folder.resolve("configs/no.dump").toString())
        .hasLineCount(1);
    Outcome commandLine =
        TinyRun.run("kmc", missing.toString(), "--set", "lattice.start.file=there.dump");
    assertThat(commandLine.err())
        .contains("lattice.start", Path.of("there.dump").toAbsolutePath().toString());
    Path network = config("configs/f.yaml", "small: 5, large: 5", DIRECT);
    TinyRun.write(
        network,
        String.join("\n", TinyRun.lines(network))
            .replace("model: pairwise", "model: network, weights: w/none.h5"));
    assertThat(run("kmc", network).err())
        .contains("barrier.weights", folder.resolve("configs/w/none.h5").toString())
        .hasLineCount(1);
  }

  /** A lattice constant twice as long as it is makes eight sites for each atom. */
  @Test
  void aFileThatLeavesMostSitesEmptyIsRefused() {
    String dump = dump(SIDE).toString();
    for (String command : List.of("sro", "inspect")) {
      Outcome halved = TinyRun.run(command, dump, "--lattice-constant", "1.62");
      assertThat(halved.code()).isEqualTo(65);
      assertThat(halved.err())
          .contains("1750 of 2000 sites are empty", "2 times as long", "lattice constant")
          .hasLineCount(1);
      String[] allowed = {command, dump, "--lattice-constant", "1.62", "--max-vacancies", "0.9"};
      assertThat(TinyRun.run(allowed).code()).isZero();
      assertThat(TinyRun.run(command, dump, "--max-vacancies", "2").code()).isEqualTo(64);
    }
    String start = "small: 10, large: 10, start: {file: " + dump + "%s}";
    refused("kmc", config("h.yaml", start.formatted(""), DIRECT), "lattice.start", "max_vacancies");
    refused("validate", config("h.yaml", start.formatted(""), DIRECT), "1750 of 2000");
    Path more = config("i.yaml", start.formatted(", max_vacancies: 0.9"), DIRECT);
    assertThat(run("validate", more).err()).isEmpty();
  }

  /** Two vacancies of 250 sites are 16 of eight tiles, and 12 are asked for. */
  @Test
  void numbersOfVacanciesThatRunRefusesAreSaidByOthers() {
    String lattice = "small: 5, large: 10, vacancy_concentration: 0.006";
    Path config =
        TinyRun.write(
            folder.resolve("v.yaml"),
            String.join("\n", TinyRun.lines(config("u.yaml", "small: 5, large: 10", DIRECT)))
                .replace("vacancy_concentration: 0.004, small: 5, large: 10", lattice));
    String refusal = "the tiles bring 16 vacancies, the large lattice has 12";
    refused("run", config, refusal);
    refused("validate", config, refusal);
    String kept = "ensemble.keep_trajectories: true";
    String experiment =
        "experiment: {quantities: [error], starts: {s: {}}, variants: {a: {"
            + kept
            + "}, b: {lattice.vacancy_concentration: 0.006, "
            + kept
            + "}}}";
    Path variants = config("w.yaml", "small: 5, large: 10", DIRECT + "\n" + experiment);
    refused("validate", variants, refusal);
    Outcome direct = run("kmc", config);
    assertThat(direct.err()).isEmpty();
    assertThat(direct.out()).contains("note: 'run' refuses this configuration: " + refusal);
  }

  /** A state goes out as it came in. */
  @Test
  void theLatticeConstantOfAStartIsKept() {
    String start = "small: 5, large: 5, " + start(dump(SIDE, 3.23).toString());
    assertThat(run("kmc", config("j.yaml", start, DIRECT)).err()).isEmpty();
    assertThat(exported()).isCloseTo(5 * 3.23, within(1e-9));
    Path other = config("k.yaml", start + ", constant_A: 3.3", DIRECT);
    Outcome said = TinyRun.run("kmc", other.toString(), "--out", at("run"), "--overwrite");
    assertThat(said.out())
        .contains("lattice constant of 3.3 Å (lattice.constant_A): lattice.start has 3.23 Å");
    assertThat(exported()).isCloseTo(5 * 3.3, within(1e-9));
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }

  /** Length of the cell of the last state. */
  private double exported() {
    String out = at("last.vasp");
    String[] export = {"export", at("run/final.h5"), "--to", "poscar", "--out", out, "--overwrite"};
    assertThat(TinyRun.run(export).err()).isEmpty();
    return AtomFiles.read(Path.of(out), List.of()).cell()[0];
  }

  @Test
  void errorsOfAStartNameKeyAndFile() {
    Path dump = dump(SIDE);
    String start = "small: 6, large: 12, " + start("types.dump");
    refused("run", config("g.yaml", start, DIRECT), "lattice.start", dump.toString(), "6 x 6 x 6");
  }
}
