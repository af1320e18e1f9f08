package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.TinyRun.Outcome;

class DiagnoseCommandTest {
  @TempDir private Path folder;

  @Test
  void aRunIsDiagnosedFromItsFolderAlone() throws IOException {
    Path run = folder.resolve("spins");
    Outcome made =
        TinyRun.runAll(run, TinyRun.SPINS, "--set=evolve.duration={time: 2}", "--set=seed=3");
    assertThat(made.code()).as(made.err()).isZero();
    String model = TinyRun.lines(run.resolve("evaluation.csv")).toString();
    for (int again = 0; again < 2; again++) {
      Outcome outcome = TinyRun.run("diagnose", run.toString(), "--samples", "70", "--quiet");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).contains("additivity: ", "kappa: ", "duration: ");
    }
    assertThat(Files.readString(run.resolve("certificate.csv")))
        .contains("additivity,T2.5,", "late_magnitude", "duration,T3,");
    assertThat(run.resolve("diagnose/duration/pairs.h5")).exists();
    assertThat(TinyRun.lines(run.resolve("evaluation.csv"))).hasToString(model);
    Outcome without = TinyRun.run("diagnose", run.toString(), "--samples", "0", "--quiet");
    assertThat(without.out()).contains("duration: not checked: no further evolutions");
  }

  @Test
  void aFolderWithoutARunIsRefused() {
    Outcome outcome = TinyRun.run("diagnose", folder.toString());
    assertThat(outcome.code()).isEqualTo(66);
    assertThat(outcome.err()).contains("the run is not complete");
  }
}
