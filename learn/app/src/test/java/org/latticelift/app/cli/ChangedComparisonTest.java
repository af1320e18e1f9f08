package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;

/** Sections that a continued run may change have an effect: what they make is made again. */
class ChangedComparisonTest {
  @TempDir private Path folder;

  @BeforeEach
  void copyRun(@SharedRun(ALLOY) SharedRun.Made made) throws IOException {
    Files.copy(made.config(), folder.resolve("tiny.yaml"));
    TinyRun.copy(made.folder(), folder.resolve("out"));
  }

  private String command(String name, String... more) {
    List<String> words = new ArrayList<>(List.of(name, folder.resolve("tiny.yaml").toString()));
    words.addAll(List.of(more));
    Outcome outcome = TinyRun.run(words.toArray(String[]::new)).succeeded();
    return outcome.out();
  }

  private String resumed(String command, String set) {
    return command(command, "--out", folder.resolve("out").toString(), "--resume", "--set", set);
  }

  private String evaluation() throws IOException {
    return Files.readString(folder.resolve("out/evaluation.csv"));
  }

  @Test
  void anotherComparisonIsMade() throws IOException {
    String before = evaluation();
    String set = "evaluate.tolerance={default: 100}";
    String told = resumed("run", set);
    assertThat(told)
        .contains("recomputed, as evaluate.tolerance.default was absent, is 100")
        .contains("ensemble: complete", "evaluate: done", "report: done");
    assertThat(evaluation()).isNotEqualTo(before);
    assertThat(resumed("run", set))
        .doesNotContain("recomputed")
        .contains("evaluate: complete", "report: complete");
  }

  @Test
  void aReportAloneLeavesTheEvaluation() throws IOException {
    Path page = folder.resolve("out/report/index.html");
    String told = resumed("report", "evaluate.stationary_threshold=0.5");
    assertThat(told)
        .contains("recomputed")
        .doesNotContain("evaluation.h5")
        .contains("report: done");
    assertThat(page).exists();
    assertThat(resumed("evaluate", "evaluate.stationary_threshold=0.5")).contains("evaluate: done");
    assertThat(page).as("made from another evaluation").doesNotExist();
    assertThat(resumed("run", "evaluate.stationary_threshold=0.5"))
        .contains("evaluate: complete", "report: done");
  }
}
