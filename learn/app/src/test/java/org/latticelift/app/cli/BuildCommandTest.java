package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** Built configurations are files that the other commands read. */
class BuildCommandTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs", "build");
  private static final String CONFIG =
      """
      crystal: bcc
      cells: [10, 12, 14]
      species: [Nb, Mo, Ta]
      composition: {Nb: 1, Mo: 2, Ta: 2}
      vacancy_concentration: 0.001
      targets:
        - {shell: 1, warren_cowley: {MoTa: -0.4, NbMo: 0.2}}
      """;

  @TempDir private Path folder;

  private Outcome build(String config, String... more) {
    Path file = TinyRun.write(folder.resolve("alloy.yaml"), config);
    return TinyRun.run(
        Stream.concat(
                Stream.of(
                    "build",
                    file.toString(),
                    "--quiet",
                    "--out",
                    folder.resolve("a.h5").toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void theFileIsReadByOthersAndCanBeImitated() throws IOException {
    Outcome built = build(CONFIG, "--to=lammps,xyz");
    assertThat(built.err()).isEmpty();
    assertThat(built.out()).contains("shell", "MoTa", "3360 sites", "a.h5", "a.dump", "a.xyz");
    try (Hdf5Reader file = Hdf5Reader.open(folder.resolve("a.h5"))) {
      assertThat(file.dims("/species")).containsExactly(10, 12, 14, 2);
      assertThat(file.dims("/pairs/reached")).containsExactly(1, 6);
    }
    for (String name : List.of("a.h5", "a.dump", "a.xyz")) {
      Outcome sro =
          TinyRun.run(
              "sro",
              folder.resolve(name).toString(),
              "--observables=[{warren_cowley: {shell: 1}}]");
      assertThat(sro.err()).isEmpty();
      assertThat(sro.out()).contains("vacancies 3, Nb 671, Mo 1343, Ta 1343");
      assertThat(sro.out())
          .containsPattern("MoTa +-0\\.(39|40)")
          .doesNotContain("reference", "-1.000000");
    }
    assertThat(build(CONFIG).code()).as("the file exists").isEqualTo(73);
    Outcome like =
        build(
            """
            cells: 12
            like: {file: a.h5, shells: 2}
            """,
            "--overwrite");
    assertThat(like.err()).isEmpty();
    assertThat(like.out()).contains("3456 sites").containsPattern("1 +MoTa .* -0\\.(39|40)");
  }

  @Test
  void aTakenNameIsRefusedBeforeTheWork() {
    TinyRun.write(folder.resolve("a.xyz"), "of somebody else");
    Outcome refused = build(CONFIG, "--to=lammps,xyz");
    assertThat(refused.code()).isEqualTo(73);
    assertThat(refused.err()).hasLineCount(1).contains("a.xyz");
    assertThat(refused.out()).isEmpty();
    assertThat(folder.resolve("a.h5")).doesNotExist();
    assertThat(folder.resolve("a.dump")).doesNotExist();
  }

  @Test
  void whatCannotBeIsRefusedAndLeavesNoFile() {
    Outcome impossible = build(CONFIG.replace("MoTa: -0.4", "MoTa: -2"), "--set=seed=3");
    assertThat(impossible.code()).isEqualTo(65);
    assertThat(impossible.err()).contains("no configuration has MoMo").hasLineCount(1);
    for (String second : List.of("{MoTa: -0.4, NbMo: 0.2}", "{NbTa: 0.1}")) {
      Outcome twice = build(CONFIG + "  - {shell: 1, warren_cowley: " + second + "}\n");
      assertThat(twice.code()).isEqualTo(65);
      assertThat(twice.err()).contains("two targets for shell 1").hasLineCount(1);
    }
    Outcome unknown = build(CONFIG + "random_shell: 3\n");
    assertThat(unknown.code()).isEqualTo(65);
    assertThat(unknown.err()).contains("random_shells");
    assertThat(build("cells: 8\n").err()).contains("nothing is asked for");
    assertThat(build("cells: 8\nrandom_shells: 99\n").err()).contains("1 to 8");
    Outcome missed = build("cells: 8\nrandom_shells: 8\ntolerance: 1.0e-7\n");
    assertThat(missed.code()).isEqualTo(76);
    assertThat(missed.err()).contains("from the targets", "shell 8");
    assertThat(folder.resolve("a.h5")).doesNotExist();
  }

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void shippedConfigurationsAreBuiltAtReducedSize(Path config) {
    Outcome outcome =
        TinyRun.run(
            "build",
            config.toString(),
            "--quiet",
            "--set=cells=16",
            "--out=" + folder.resolve("small.h5"));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("8192 sites");
  }
}
