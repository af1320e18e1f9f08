package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** {@code latticelift map} with a model that a tiny run has trained. */
class MapCommandTest {
  private static Path run;

  @TempDir private Path folder;

  @BeforeAll
  static void train(@SharedRun(ALLOY) SharedRun.Made made) {
    run = made.folder();
  }

  private Outcome map(String name, String... more) {
    List<String> args =
        Stream.concat(
                Stream.of(
                    "map",
                    run.toString(),
                    "--quiet",
                    "--out",
                    folder.resolve(name).toString(),
                    "--set",
                    "trajectories=4",
                    "--set",
                    "conditions=3",
                    "--set",
                    "rates=3",
                    "--set",
                    "relaxations=6",
                    "--set",
                    "step=0.05"),
                Stream.of(more))
            .toList();
    return TinyRun.run(args.toArray(String[]::new));
  }

  private double[] doubles(String name, String dataset) {
    try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(name).resolve("map.h5"))) {
      return reader.doubles(dataset);
    }
  }

  @Test
  void filesDoNotDependOnThreads() throws IOException {
    Outcome one = map("one", "--threads", "1", "--set", "vacancies={formation_eV: 3}").succeeded();
    assertThat(one.out()).contains("time to 50 %", "real time to 50 %", "cooling rate");
    assertThat(map("three", "--threads", "3", "--set", "vacancies={formation_eV: 3}").code())
        .isZero();
    for (String dataset : List.of("/condition", "/late", "/passage", "/cooled", "/cooling_rate")) {
      assertThat(doubles("three", dataset)).isEqualTo(doubles("one", dataset));
    }
    for (String file : List.of("map.csv", "cooling.csv", "map.html", "cooling.svg")) {
      assertThat(Files.readString(folder.resolve("three").resolve(file)))
          .isEqualTo(Files.readString(folder.resolve("one").resolve(file)));
    }
    assertThat(Files.readString(folder.resolve("one/map.html")))
        .contains("Time-temperature-order map", "<figcaption>");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "observable=MoMoo; Did you mean 'MoMo'",
        "kept=2; kept",
        "conditions=1; conditions",
        "vacancies={formation_eV: 0.01}; vacancies",
        "initial={observables: [1]}; values",
        "rate=3; rates"
      })
  void badRequestsAreOneLine(String set, String part) {
    Outcome made = map("bad", "--set", set);
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
  }

  /**
   * Conditions of one's own, from the equilibrium of another, the order of a file, or at random.
   */
  @Test
  void conditionsAndStartAreNamedOnTheCommandLine() throws IOException {
    Outcome warm = map("warm", "--at", "1500,1600", "--from", "2000").succeeded();
    assertThat(warm.out()).contains("1500 ", "1600 ").doesNotContain("cooling rate");
    assertThat(doubles("warm", "/condition")).containsExactly(1500, 1600);
    Path states = run.resolve("final.h5");
    Path xyz = folder.resolve("state.xyz");
    Outcome exported =
        TinyRun.run(
                "export",
                states.toString(),
                "--condition",
                "T2000",
                "--index",
                "0",
                "--to",
                "xyz",
                "--vacancies",
                "--out",
                xyz.toString())
            .succeeded();
    Outcome file = map("file", "--at", "1500", "--from", xyz.toString()).succeeded();
    double[] start = doubles("file", "/start");
    try (Hdf5Reader reader = Hdf5Reader.open(run.resolve("trajectory.h5"))) {
      double[] all = reader.doubles("/T2000/run0/observables");
      double[] last = java.util.Arrays.copyOfRange(all, all.length - start.length, all.length);
      // those of niobium follow from the sum rules, up to the atoms beside the vacancies
      assertThat(start).containsExactly(last, within(0.01));
      assertThat(java.util.Arrays.copyOfRange(start, 3, 6))
          .containsExactly(java.util.Arrays.copyOfRange(last, 3, 6), within(1e-5));
    }
    assertThat(doubles("warm", "/start")).isNotEqualTo(start);
    Path other =
        TinyRun.write(
            folder.resolve("other.xyz"), Files.readString(xyz).replaceAll("(?m)^Mo ", "Nb "));
    assertThat(map("other", "--from", other.toString()).err())
        .contains("another composition", "Mo 0.000 (not 0.333)")
        .hasLineCount(1);
    assertThat(map("none", "--from", "nowhere.xyz").err())
        .contains("--from", "no such start")
        .hasLineCount(1);
    assertThat(map("beyond", "--at", "300").err()).contains("300").hasLineCount(1);
  }
}
