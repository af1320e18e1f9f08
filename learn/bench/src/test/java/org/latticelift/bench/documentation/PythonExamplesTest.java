package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latticelift.app.cli.CommandLines;
import org.latticelift.app.launch.LocalJob;
import org.latticelift.io.testing.ExternalTool;
import org.latticelift.io.testing.RunDirectories;

/**
 * The simulators of configs/python at reduced size: all stages, the same bits on one and two ranks.
 */
@Tag("pipeline")
class PythonExamplesTest {
  private static final Path EXAMPLES = DocumentTree.ROOT.resolve("configs/python");
  private static final List<String> SMALL =
      List.of(
          "simulate.runs=4",
          "simulate.records=10",
          "simulate.duration={time: 10}",
          "evolve.samples=60",
          "train.epochs=2",
          "train.models=2",
          "ensemble.trajectories=4",
          "ensemble.records=11",
          "ensemble.horizon={time: 10}",
          "direct={runs: 2, records: 10, duration: {time: 10}}");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ising", "voter", "lattice_gas", "schloegl"})
  void anExampleRunsAndRanksChangeNoBit(String name) throws IOException {
    ExternalTool.python(List.of("numpy"), "");
    SmallRuns.command(words(name, "one").toArray(String[]::new));
    StringWriter errors = new StringWriter();
    PrintWriter out = new PrintWriter(new StringWriter());
    int code =
        LocalJob.run(2, words(name, "two"), out, new PrintWriter(errors, true), CommandLines::run);
    assertThat(code).as(errors.toString()).isZero();
    assertThat(RunDirectories.requireEqual(folder.resolve("one"), folder.resolve("two")))
        .isGreaterThan(40);
    assertThat(folder.resolve("one/report/index.html")).isNotEmptyFile();
  }

  /** Independent small states side by side, whose seams the simulator's own steps relax. */
  @Test
  void tilesAreRelaxed() {
    ExternalTool.python(List.of("numpy"), "");
    SmallRuns.command(
        words("schloegl", "tiles", "--set=upsample.states=auto").toArray(String[]::new));
    assertThat(folder.resolve("tiles/report/index.html")).isNotEmptyFile();
  }

  /** Those that repeat a pipeline to count which intervals hold the truth. */
  @ParameterizedTest
  @ValueSource(strings = {"voter", "lattice_gas", "schloegl"})
  void anExperimentRuns(String name) {
    ExternalTool.python(List.of("numpy"), "");
    SmallRuns.command(
        words("../coverage/" + name, "experiment", "--set=experiment.repeats=2")
            .toArray(String[]::new));
    assertThat(folder.resolve("experiment/experiment-intervals.csv")).isNotEmptyFile();
  }

  private List<String> words(String name, String to, String... options) {
    Path config = EXAMPLES.resolve(name + ".yaml").normalize();
    List<String> words = new ArrayList<>(List.of("run", config.toString(), "--quiet"));
    words.addAll(List.of("--threads=1", "--out=" + folder.resolve(to)));
    words.addAll(List.of(options));
    List<String> sets = new ArrayList<>(SMALL);
    sets.add(worker(EXAMPLES.resolve(config.getFileName().toString().replace(".yaml", ".py"))));
    sets.forEach(set -> words.add("--set=" + set));
    return words;
  }

  /** As the launcher starts it, which puts the package into PYTHONPATH. */
  private static String worker(Path file) {
    String path = "PYTHONPATH=" + DocumentTree.ROOT.resolve("io/python");
    return "external.command=[env, '%s', /usr/bin/python3, -B, '%s']".formatted(path, file);
  }
}
