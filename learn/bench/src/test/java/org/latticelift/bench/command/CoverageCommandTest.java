package org.latticelift.bench.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.app.cli.CommandLines;

/** A shipped model along one short hold; that its intervals hold is for longer studies. */
class CoverageCommandTest {
  private static final String HOME = "latticelift.home";
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  private String before;

  /** Jobs are started by a launcher: this one starts the classes that are tested. */
  @BeforeEach
  void setHome() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path launcher = home.resolve("latticelift");
    Files.writeString(
        launcher,
        "#!/bin/sh\nshift 4 # --np 1 --transport local\nexec '%s' -Dlatticelift.home='%s'"
                .formatted(
                    Path.of(System.getProperty("java.home"), "bin", "java"),
                    CONFIGS.toAbsolutePath().getParent())
            + " --add-modules jdk.incubator.vector -cp '%s' org.latticelift.app.Main \"$@\"\n"
                .formatted(System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    before = System.setProperty(HOME, home.toString());
  }

  @AfterEach
  void resetHome() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  private int coverage(String... options) {
    String[] args =
        Stream.concat(
                Stream.of("coverage", CONFIGS.resolve("trained/alloy-compact.h5").toString()),
                Stream.of(options))
            .toArray(String[]::new);
    return CommandLines.run(new PrintWriter(out), new PrintWriter(err), args);
  }

  @Tag("pipeline")
  @Test
  void aHoldIsComparedAndFoundAgain() throws IOException {
    Path file = folder.resolve("protocols.yaml");
    Files.writeString(file, "../predict: {anneal: {at: 2000, time_s: 1.0e-6}}\n");
    Path into = folder.resolve("study");
    String[] options = {
      "--protocols=" + file, "--random=0", "--runs=3", "--compared=2", "--out=" + into
    };
    assertThat(coverage(options)).as(err.toString()).isZero();
    List<String> rows = Files.readAllLines(into.resolve("protocols.csv"));
    assertThat(rows).hasSize(2);
    String[] row = rows.get(1).split(",");
    assertThat(row[0]).isEqualTo("../predict");
    assertThat(Double.parseDouble(row[3])).isBetween(-0.7, -0.1);
    assertThat(Double.parseDouble(row[5])).isCloseTo(Double.parseDouble(row[3]), within(0.1));
    assertThat(row[row.length - 1]).isEqualTo("10");
    assertThat(Files.readAllLines(into.resolve("intervals.csv"))).hasSize(11);

    Path direct = into.resolve("direct/__predict/trajectory.h5");
    var made = Files.getLastModifiedTime(direct);
    assertThat(coverage(options)).as(err.toString()).isZero();
    assertThat(Files.readAllLines(into.resolve("protocols.csv"))).isEqualTo(rows);
    assertThat(Files.getLastModifiedTime(direct)).isEqualTo(made);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThat(coverage("--random=0")).isEqualTo(64);
    assertThat(err.toString()).contains("no protocols", "--protocols FILE").hasLineCount(1);
    assertThat(coverage("--runs=1")).isEqualTo(64);
    assertThat(coverage("--compared=0")).isEqualTo(64);
  }
}
