package org.latticelift.bench.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
          "simulate.duration={time: 4}",
          "evolve.samples=60",
          "train.epochs=2",
          "train.models=2",
          "ensemble={trajectories: 4, records: 11, horizon: {time: 4}}",
          "direct={runs: 2, records: 10, duration: {time: 4}}");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"ising", "voter", "lattice_gas", "schloegl"})
  void anExampleRunsAndRanksChangeNoBit(String name) {
    ExternalTool.python(List.of("numpy"), "");
    Path one = run(name, "one", "--threads=1");
    Path two = run(name, "two", "--np=2", "--transport=local", "--threads=1");
    assertThat(RunDirectories.requireEqual(one, two)).isGreaterThan(60);
    assertThat(one.resolve("report/index.html")).isNotEmptyFile();
  }

  private Path run(String name, String to, String... options) {
    Path out = folder.resolve(to);
    List<String> words = new ArrayList<>(List.of(options));
    words.addAll(List.of("run", EXAMPLES.resolve(name + ".yaml").toString(), "--quiet"));
    words.add("--out=" + out);
    List<String> sets = new ArrayList<>(SMALL);
    sets.add(worker(EXAMPLES.resolve(name + ".py")));
    sets.forEach(set -> words.add("--set=" + set));
    SmallRuns.command(words.toArray(String[]::new));
    return out;
  }

  /** As the launcher starts it, which puts the package into PYTHONPATH. */
  static String worker(Path file) {
    String path = "PYTHONPATH=" + DocumentTree.ROOT.resolve("io/python");
    return "external.command=[env, '%s', /usr/bin/python3, -B, '%s']".formatted(path, file);
  }
}
