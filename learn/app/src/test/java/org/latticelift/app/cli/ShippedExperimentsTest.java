package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every experiment that is shipped runs from its file, made small. */
@Tag("pipeline")
class ShippedExperimentsTest {
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  /** PaperFiguresTest and ClosedExperimentTest make these at the size quick. */
  private static final Set<String> QUICK =
      Set.of(
          "paper/fig2-predator-prey",
          "paper/fig3-ising-ns",
          "paper/fig4-ising-statistics",
          "paper/fig8-curie-weiss-ns",
          "paper/fig9-curie-weiss-statistics",
          "paper/table2-linear-chain",
          "closure-sweep");

  @TempDir private Path folder;

  static List<String> others() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> text(file).contains("\nexperiment:"))
          .filter(file -> !text(file).contains("system: external")) // PythonExamplesTest
          .map(file -> CONFIGS.relativize(file).toString().replace(".yaml", ""))
          .filter(name -> !QUICK.contains(name))
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    return new String(TinyRun.bytes(file), StandardCharsets.UTF_8);
  }

  /** What any experiment is made small by. */
  @ParameterizedTest
  @MethodSource("others")
  void shippedExperimentsRunAtReducedSize(String name) {
    List<String> sets =
        new ArrayList<>(
            List.of(
                "simulate.runs=2",
                "simulate.records=10",
                "evolve.samples=40",
                "train.epochs=1",
                "ensemble.records=11"));
    if (text(CONFIGS.resolve(name + ".yaml")).contains("system: alloy")) {
      sets.addAll(
          List.of(
              "simulate.duration={events: 2000}",
              "ensemble.horizon={time_s: 1e-8}",
              "ensemble.trajectories=4",
              "direct={runs: 2, records: 10, duration: {events: 100}}"));
    } else {
      sets.addAll(
          List.of(
              "simulate.duration={events: 640}",
              "ensemble.horizon={time: 20}",
              "direct={runs: 2, records: 10, duration: {time: 20}}"));
    }
    if (name.startsWith("coverage")) {
      sets.add("experiment.repeats=2");
    }
    if (name.startsWith("paper/fig5")) {
      sets.addAll(List.of("experiment.variants=" + small(name), "experiment.reference={}"));
    }
    Path out = folder.resolve(name);
    Stream<String> words =
        Stream.concat(Stream.of("--quiet"), sets.stream().map(set -> "--set=" + set));
    TinyRun.succeed(CONFIGS.resolve(name + ".yaml"), out, words.toArray(String[]::new));
    assertThat(TinyRun.lines(out.resolve("experiment.csv")).stream().skip(1))
        .as("one epoch is not enough")
        .anyMatch(line -> !line.endsWith(","));
    if (text(CONFIGS.resolve(name + ".yaml")).contains("panels: ")) {
      assertThat(out.resolve("experiment-path-ours-64.svg")).isNotEmptyFile();
      assertThat(out.resolve("experiment-density-ours-64.svg")).isNotEmptyFile();
    }
    if (name.startsWith("paper/fig5-ising-exponents")) {
      assertThat(out.resolve("experiment-fit-crossing.svg")).isNotEmptyFile();
    }
  }

  /** The variants of Fig. 5 at the ends of its temperatures whose large systems are small. */
  private static String small(String name) {
    return text(CONFIGS.resolve(name + ".yaml"))
        .lines()
        .filter(line -> line.matches(" {4}[A-Za-z]+-(16|32)-2\\.2[579]: \\{.*}"))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
