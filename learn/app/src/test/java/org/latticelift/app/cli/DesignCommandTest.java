package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latticelift.app.cli.SharedRun.Of.ALLOY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.io.hdf5.Hdf5Reader;

/** {@code latticelift design} with a model that a tiny run has trained. */
class DesignCommandTest {
  private static final String[] SETTINGS = {
    "trajectories=4", "knots=3", "evaluations=12", "ramp_evaluations=30", "step=0.1"
  };
  private static final String[] ASKED = {"--observable", "MoMo", "--length", "1.0e-6"};

  private static Path run;

  @TempDir private Path folder;

  @BeforeAll
  static void train(@SharedRun(ALLOY) SharedRun.Made made) {
    run = made.folder();
  }

  private Outcome design(String name, String... asked) {
    List<String> args = new ArrayList<>(List.of("design", run.toString()));
    args.addAll(List.of("--quiet", "--out", folder.resolve(name).toString()));
    for (String each : SETTINGS) {
      args.addAll(List.of("--set", each));
    }
    args.addAll(List.of(asked));
    return TinyRun.run(args.toArray(String[]::new));
  }

  /** What was found is a schedule that predict follows, to the number that was printed. */
  @Test
  void predictFollowsWhatWasFound() {
    Outcome made =
        design("d", "--goal", "smallest", "--observable", "MoMo", "--length", "1.0e-6").succeeded();
    assertThat(made.out()).contains("smallest MoMo", "Gain over the best straight ramp");
    for (String[] pair : new String[][] {{"protocol", "/protocol"}, {"ramp", "/ramp"}}) {
      Outcome followed =
          TinyRun.run(
                  "predict",
                  run.toString(),
                  "--quiet",
                  "--out",
                  folder.resolve(pair[0]).toString(),
                  "--schedule",
                  folder.resolve("d").resolve(pair[0] + ".csv").toString())
              .succeeded();
      double[] mean;
      List<String> observables;
      try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve(pair[0]).resolve("prediction.h5"))) {
        mean = reader.doubles("/p0/mean");
        observables = reader.textListAttribute("/", "observable_names");
      }
      int at = mean.length - observables.size() + observables.indexOf("MoMo");
      try (Hdf5Reader reader = Hdf5Reader.open(folder.resolve("d/design.h5"))) {
        assertThat(mean[at]).isEqualTo(reader.doubleAttribute(pair[1], "end"));
      }
    }
    assertThat(folder.resolve("d")).isDirectoryContaining("glob:**/design.svg");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--observable MoMoo --length 1e-6; Did you mean 'MoMo'",
        "--observable MoMo --length -1; length",
        "--observable MoMo --length .nan; length",
        "--observable MoMo --length soon; length",
        "--observable MoMo --length 1e-6 --lowest 900; not trained at 900",
        "--observable MoMo --length 1e-6 --highest 5000; not trained at 5000",
        "--observable MoMo --length 1e-6 --lowest 1900 --highest 1500; below the highest",
        "--observable MoMo --length 1e-6 --goal NaN; largest, smallest",
        "--observable MoMo --length 1e-6 --set knot=3; knots"
      })
  void badRequestsAreOneLine(String asked, String part) {
    Outcome made = design("bad", asked.split(" "));
    assertThat(made.code()).as(made.err()).isEqualTo(65);
    assertThat(made.err().strip()).contains(part).doesNotContain("\n");
    assertThat(Files.exists(folder.resolve("bad"))).isFalse();
  }

  @Test
  void filesDoNotDependOnThreads() {
    for (String threads : List.of("1", "3")) {
      List<String> asked = new ArrayList<>(List.of(ASKED));
      asked.addAll(List.of("--threads", threads));
      assertThat(design("t" + threads, asked.toArray(String[]::new)).code()).isZero();
    }
    for (String dataset : List.of("/protocol/tried", "/protocol/tried_end", "/ramp/tried_end")) {
      double[][] read = new double[2][];
      for (int i = 0; i < 2; i++) {
        try (Hdf5Reader reader =
            Hdf5Reader.open(folder.resolve(i == 0 ? "t1" : "t3").resolve("design.h5"))) {
          read[i] = reader.doubles(dataset);
        }
      }
      assertThat(read[1]).as(dataset).isEqualTo(read[0]);
    }
  }
}
