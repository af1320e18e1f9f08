package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.hdf5.Hdf5Reader;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.evaluate.FakeRun;
import org.latticelift.sim.system.Condition.ConditionGroup;

final class ExportCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void exportsBesideTheInputAndInspects() {
    String file;
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      file = directory.file("trajectory.h5").toString();
    }
    assertThat(run("export", file, "--to", "csv")).isEqualTo(ExitCode.DONE.code());
    assertThat(out.toString().trim()).endsWith("trajectory.csv");
    assertThat(Path.of(out.toString().trim())).isNotEmptyFile();
    assertThat(run("inspect", file)).isEqualTo(ExitCode.DONE.code());
    assertThat(out.toString()).contains("run0");
  }

  @Test
  void aLastStateHasItsTime(@SharedRun(SharedRun.Of.ALLOY) SharedRun.Made made) throws IOException {
    Path file = folder.resolve("last.xyz");
    String last = made.folder().resolve("final.h5").toString();
    assertThat(run("export", last, "--to", "xyz", "--out", file.toString())).isZero();
    Path written = Files.exists(file) ? file : folder.resolve("last.run0.xyz");
    String line = Files.readAllLines(written).get(1);
    Matcher time = Pattern.compile("time=([0-9.eE+-]+)").matcher(line);
    assertThat(time.find()).as(line).isTrue();
    assertThat(Double.parseDouble(time.group(1))).isPositive();
    try (Hdf5Reader reader = Hdf5Reader.open(made.folder().resolve("trajectory.h5"))) {
      String first = ConditionGroup.all(reader).get(0).name();
      double[] times = reader.doubles("/" + first + "/run0/time");
      assertThat(Double.parseDouble(time.group(1))).isEqualTo(times[times.length - 1]);
    }
  }

  @Test
  void aModelIsThatOfItsRun() throws IOException {
    Files.copy(Path.of("..", "..", "configs/trained/ising.h5"), folder.resolve("model.h5"));
    Path law = folder.resolve("new folder/law.c");
    assertThat(run("export", folder.toString(), "--to", "c", "--out", law.toString())).isZero();
    assertThat(law).content().contains("law_advance");
    assertThat(run("export", folder.toString(), "--to", "python")).isZero();
    assertThat(folder.resolve("model.py")).isNotEmptyFile();
  }

  @Test
  void mistakesHaveTheirCodes() {
    String missing = folder.resolve("no.h5").toString();
    assertThat(run("export", missing, "--to", "csv")).isEqualTo(ExitCode.MISSING_INPUT.code());
    assertThat(run("inspect", missing)).isEqualTo(ExitCode.MISSING_INPUT.code());
    assertThat(run("export", missing, "--to", "pdf")).isEqualTo(ExitCode.USAGE.code());
    assertThat(run("export", missing)).isEqualTo(ExitCode.USAGE.code());
    assertThat(err.toString().lines()).allMatch(line -> line.startsWith("latticelift: "));
  }

  private int run(String... args) {
    return CommandLines.execute(
        CommandLines.create(
            new LatticeLift(), new PrintWriter(out, true), new PrintWriter(err, true)),
        args);
  }
}
