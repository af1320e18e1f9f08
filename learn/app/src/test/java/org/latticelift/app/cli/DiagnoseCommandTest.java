package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.run.directory.OpenMode;
import org.latticelift.io.run.directory.RunDirectory;

@Tag("pipeline")
class DiagnoseCommandTest {
  @TempDir private Path folder;

  @Test
  void aRunIsDiagnosedFromItsFolderAlone() throws IOException {
    Path run = folder.resolve("spins");
    Outcome made =
        runAll(run, TinyRun.SPINS, "--set=evolve.duration={time: 2}", "--set=seed=3").succeeded();
    String model = TinyRun.lines(run.resolve("evaluation.csv")).toString();
    assertThat(page(run)).contains("additivity, kappa: not checked");
    String certificate = "";
    for (int again = 0; again < 3; again++) {
      if (again == 2) { // as if it had been killed between the copies and what is made of them
        Files.delete(run.resolve("diagnose/duration/pairs.h5"));
        Files.delete(run.resolve("diagnose/patch/model.h5"));
      }
      Outcome outcome =
          TinyRun.run("diagnose", run.toString(), "--samples", "70", "--baselines", "--quiet");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out())
          .contains("additivity, T2.5", "kappa, ", "duration, ", "relaxation, ", "together, ");
      String written = Files.readString(run.resolve("certificate.csv"));
      assertThat(again == 0 ? written : certificate).as("the same again").isEqualTo(written);
      certificate = written;
    }
    assertThat(certificate)
        .contains(
            "additivity,T2.5,",
            "late_magnitude",
            "duration,T3,",
            "relaxation,T3,",
            "direct,T2.5,magnetisation,late_magnitude");
    assertThat(page(run))
        .contains("Biases that checks show", "Other estimators", "one patch of each state")
        .doesNotContain("additivity, kappa: not checked");
    assertThat(Files.readString(run.resolve("baselines.csv")))
        .contains("small_runs,T3,wall_density", "small_equation,T2.5", "one_patch,", "run,T3");
    assertThat(run.resolve("diagnose/duration/pairs.h5")).exists();
    assertThat(TinyRun.lines(run.resolve("evaluation.csv"))).hasToString(model);
    Outcome without = TinyRun.run("diagnose", run.toString(), "--samples", "0", "--quiet");
    assertThat(without.out())
        .contains("additivity, kappa, duration, relaxation: not checked: no further evolutions");
    assertThat(page(run)).as("what was trained stays").contains("Other estimators");
  }

  /** Without pictures, which take longer than all else. */
  private static Outcome runAll(Path run, String config, String... more) {
    List<String> words = new ArrayList<>(List.of(more));
    words.add("--set=report={png: false}");
    return TinyRun.runAll(run, config, words.toArray(String[]::new));
  }

  private static String page(Path run) throws IOException {
    return Files.readString(run.resolve("report/index.html"));
  }

  @Test
  void copiesAndChainsSayWhatCannotBeChecked() throws IOException {
    Path alloy = folder.resolve("alloy");
    assertThat(
            runAll(
                    alloy,
                    TinyRun.CONFIG,
                    "--set=upsample.tiles=replicate",
                    "--set=relax.windows=none",
                    "--set=evolve.samples=90")
                .code())
        .isZero();
    Outcome copies = TinyRun.run("diagnose", alloy.toString(), "--samples", "90", "--quiet");
    assertThat(copies.err()).isEmpty();
    assertThat(copies.out())
        .contains("additivity, kappa: not checked: large states are copies of one block")
        .contains("relaxation: not checked: nothing of these large states is relaxed")
        .contains("duration, T");
    Path chain = folder.resolve("chain");
    assertThat(runAll(chain, TinyRun.CHAIN).code()).isZero();
    Outcome steps = TinyRun.run("diagnose", chain.toString(), "--samples", "90", "--quiet");
    assertThat(steps.err()).isEmpty();
    assertThat(steps.out()).contains("duration: not checked: an evolution is one event or step");
  }

  @Test
  void closuresAreNamed() throws IOException {
    Path run = folder.resolve("fields");
    assertThat(runAll(run, TinyRun.FIELDS).code()).isZero();
    Outcome outcome = TinyRun.run("diagnose", run.toString(), "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("not checked: the equation has closure variables");
    Outcome baselines = TinyRun.run("diagnose", run.toString(), "--baselines");
    assertThat(baselines.code()).isEqualTo(65);
  }

  @Test
  void oneModelOneConditionAndOnePatchAreDiagnosed() throws IOException {
    Path run = folder.resolve("one");
    assertThat(
            runAll(
                    run,
                    TinyRun.SPINS,
                    "--set=conditions={temperature: [3]}",
                    "--set=lattice.large=4",
                    "--set=train.models=1")
                .code())
        .isZero();
    Outcome outcome = TinyRun.run("diagnose", run.toString(), "--samples", "70", "--quiet");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .contains("additivity: not checked: the pairs are increments of the whole")
        .contains("kappa, T3: ");
    assertThat(Files.readString(run.resolve("certificate.csv"))).doesNotContain("NaN");
  }

  @Test
  void whatIsNoWholeRunIsRefusedBeforeAnyWork() {
    Path run = folder.resolve("run");
    assertThat(runAll(run, TinyRun.SPINS).code()).isZero();
    Path old = TinyRun.copy(run, folder.resolve("old"));
    byte[] seed = "\nseed: 1\n".getBytes(StandardCharsets.UTF_8);
    TinyRun.forge(old, "model.h5", seed, "\nseed: 2\n".getBytes(StandardCharsets.UTF_8));
    Outcome other = TinyRun.run("diagnose", old.toString());
    assertThat(other.code()).isEqualTo(65);
    assertThat(other.err()).contains("another version");
    assertThat(old.resolve("diagnose")).doesNotExist();

    Path incomplete = TinyRun.copy(run, folder.resolve("incomplete"), "model.h5");
    Outcome missing = TinyRun.run("diagnose", incomplete.toString());
    assertThat(missing.code()).isEqualTo(66);
    assertThat(missing.err()).contains("model.h5", "--resume");

    Outcome around = TinyRun.run("diagnose", folder.toString());
    assertThat(around.code()).isEqualTo(66);
    assertThat(around.err()).contains("holds runs and is none itself", run.toString());

    String line = RunDirectory.fingerprint(run).orElseThrow();
    try (RunDirectory held = RunDirectory.open(run, OpenMode.RESUME, line)) {
      Outcome twice = TinyRun.run("diagnose", run.toString());
      assertThat(twice.code()).isEqualTo(73);
      assertThat(twice.err()).contains("another process works in the folder");
      assertThat(held.root()).isEqualTo(run);
    }
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    Outcome outcome = TinyRun.run("diagnose", folder.toString());
    assertThat(outcome.code()).isEqualTo(66);
    assertThat(outcome.err()).contains("the run is not complete");
  }
}
