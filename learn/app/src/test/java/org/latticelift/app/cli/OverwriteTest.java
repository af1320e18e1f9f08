package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;

/** What {@code --overwrite} removes, and what it leaves. */
class OverwriteTest {
  @TempDir private Path folder;
  private String config;
  private Path run;

  @BeforeEach
  void copy(@SharedRun(ALLOY) SharedRun.Made made) throws IOException {
    config = made.config().toString();
    run = folder.resolve("run");
    TinyRun.copy(made.folder(), run);
  }

  private Outcome start(String command, String... more) {
    List<String> words = new ArrayList<>(List.of(command, config, "--out", run.toString()));
    words.addAll(List.of(more));
    return TinyRun.run(words.toArray(String[]::new));
  }

  private Map<String, String> checksums() {
    RunDirectory results = RunDirectory.view(run);
    Map<String, String> all = new TreeMap<>();
    results.results().forEach(name -> all.put(name, results.checksum(name)));
    return all;
  }

  /** The times of change of the results, by which one that was written again is noticed. */
  private Map<String, Object> written() throws IOException {
    Map<String, Object> all = new TreeMap<>();
    for (String name : RunDirectory.view(run).results()) {
      all.put(name, Files.readAttributes(run.resolve(name), "unix:ino,lastModifiedTime"));
    }
    return all;
  }

  /** Columns: the stage, results that it replaces, those that are removed, those that stay. */
  @ParameterizedTest
  @CsvSource({
    "ensemble, ensemble.h5, evaluation.h5 report/index.html, model.h5 trajectory.h5 final.h5",
    "report, report/index.html, '', snapshots.h5 model.h5 ensemble.h5 evaluation.h5 trajectory.h5",
    "direct, trajectory.h5 final.h5, evaluation.h5, snapshots.h5 pairs.h5 model.h5 ensemble.h5",
    "train, model.h5, ensemble.h5 evaluation.h5, snapshots.h5 pairs.h5 trajectory.h5",
    "simulate, snapshots.h5, pairs.h5 model.h5 ensemble.h5 evaluation.h5, trajectory.h5 final.h5"
  })
  void aStageReplacesItsOwnResultsAndLaterOnes(
      String stage, String replaced, String removed, String kept) throws IOException {
    Map<String, Object> before = written();
    Outcome outcome = start(stage, "--overwrite").succeeded();
    Map<String, Object> after = written();
    for (String name : words(kept)) {
      assertThat(after.get(name)).as(name).isNotNull().isEqualTo(before.get(name));
    }
    for (String name : words(replaced)) {
      assertThat(after.get(name)).as(name).isNotNull().isNotEqualTo(before.get(name));
    }
    assertThat(after).doesNotContainKeys(words(removed));
    String line =
        outcome.out().lines().filter(each -> each.startsWith("replaced: ")).findFirst().orElse("");
    for (String name : words(replaced + " " + removed)) {
      assertThat(line).contains(name.replaceFirst("(?<=/).*", "")); // files of a folder are counted
    }
    assertThat(line).doesNotContain(words(kept));
  }

  private static String[] words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  @Test
  void aWholeRunReplacesEverything() throws IOException {
    Map<String, String> sums = checksums();
    Outcome outcome = start("run", "--overwrite", "--set", "ensemble.trajectories=5").succeeded();
    assertThat(outcome.out()).contains("replaced: ").contains("snapshots.h5").contains("model.h5");
    assertThat(checksums().get("ensemble.h5")).isNotEqualTo(sums.get("ensemble.h5"));
    assertThat(checksums().keySet()).containsAll(sums.keySet());
  }

  @Test
  void anotherConfigurationKeepsWhatTheStageNeeds() {
    Map<String, String> sums = checksums();
    Outcome outcome = start("ensemble", "--overwrite", "--set", "ensemble.trajectories=5");
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err())
        .contains("ensemble.trajectories was ")
        .contains("run CONFIG --from " + run)
        .hasLineCount(1);
    assertThat(checksums()).isEqualTo(sums);
    outcome = start("simulate", "--overwrite", "--set", "simulate.runs=3");
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(checksums()).isEqualTo(sums);
  }

  @Test
  void whatIsNeededIsCheckedFirst() throws IOException {
    try (RunDirectory directory =
        RunDirectory.open(run, OpenMode.RESUME, RunDirectory.fingerprint(run).orElseThrow())) {
      directory.delete("model.h5");
    }
    Map<String, String> sums = checksums();
    Outcome outcome = start("ensemble", "--overwrite");
    assertThat(outcome.code()).isEqualTo(66);
    assertThat(outcome.err()).contains("has no model.h5");
    assertThat(checksums()).isEqualTo(sums);
  }

  /** A prediction in the folder of its model, and a start in the folder that a run replaces. */
  @Test
  void nothingThatIsReadIsRemoved() {
    Map<String, String> sums = checksums();
    Outcome outcome = TinyRun.run("map", run.toString(), "--out", run.toString(), "--overwrite");
    assertThat(outcome.code()).isEqualTo(73);
    assertThat(outcome.err()).contains("a run of another command than map").hasLineCount(1);
    outcome = start("run", "--overwrite", "--set", "lattice.start={file: '" + run + "/final.h5'}");
    assertThat(outcome.code()).isBetween(65, 66);
    assertThat(checksums()).isEqualTo(sums);
  }

  /** Direct runs alone may be replaced by those of another configuration. */
  @Test
  void kmcReplacesKmc() {
    Path alone = folder.resolve("kmc");
    for (String frames : List.of("--frames=1", "--set=direct.runs=1")) {
      Outcome outcome =
          TinyRun.run("kmc", config, "--out", alone.toString(), "--overwrite", frames).succeeded();
    }
    assertThat(alone.resolve("trajectory.h5")).exists();
    assertThat(RunDirectory.view(alone).results()).contains("final.h5");
  }

  /** The advice of a refused resume names what keeps the simulations. */
  @Test
  void aRefusedResumeNamesFrom() {
    Outcome outcome = start("run", "--resume", "--set", "ensemble.trajectories=5");
    assertThat(outcome.code()).isEqualTo(65);
    assertThat(outcome.err()).contains("'run --from'").doesNotContain("--overwrite");
  }
}
