package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.app.pipeline.PipelineConfig;
import org.latticelift.io.config.Binder.Part;
import org.latticelift.io.testing.SharedData;

/** Every file under {@code configs/} runs at reduced size, so that none of them goes stale. */
@Tag("pipeline")
class ShippedConfigurationsTest {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Path CONFIGS = Path.of("..", "..", "configs");

  /** What makes any pipeline small without changing what it is. */
  private static final List<String> SMALL =
      List.of(
          "simulate.runs=1",
          "simulate.records=10",
          "simulate.duration={events: 2000}",
          "evolve.samples=60",
          "evolve.duration={mean_events: 20}",
          "train.epochs=2",
          "train.models=1",
          "ensemble={trajectories: 4, records: 11}",
          "direct.runs=1",
          "direct.records=10",
          "direct.duration={events: 100}");

  /** Commands that configurations are made for, and what they leave. */
  private static final Map<String, String> RESULTS =
      Map.of("run", "report/index.html", "kmc", "trajectory.h5", "simulate", "snapshots.h5");

  @TempDir private Path folder;

  static List<Path> pipelines() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.getParent().endsWith("models"))
          .filter(file -> !file.getParent().endsWith("build")) // BuildCommandTest builds those
          .filter(
              file -> !text(file).contains("\nexperiment:")) // ShippedExperimentsTest runs those
          .filter(file -> !text(file).contains("latticelift ordering")) // OrderingCommandTest
          .filter(file -> !text(file).contains("latticelift coverage")) // CoverageCommandTest
          .filter(
              file ->
                  !text(file).contains("system: external")) // ExternalRunTest, PythonExamplesTest
          .sorted()
          .toList();
    }
  }

  private static String text(Path file) {
    return new String(TinyRun.bytes(file), java.nio.charset.StandardCharsets.UTF_8);
  }

  static List<Path> networks() throws IOException {
    try (Stream<Path> files = Files.list(CONFIGS.resolve("models"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pipelines")
  void aPipelineIsValidAndRunsAtReducedSize(Path config) throws IOException {
    String text = Files.readString(config);
    List<String> sets = new ArrayList<>(SMALL);
    sets.addAll(ofSystem(text));
    if (text.replaceAll("#.*", "").contains("model: network")) {
      sets.add("barrier.weights=" + SharedData.find("nnk-nbmota").resolve("weights.h5"));
    }
    if (text.contains("states_every:")) {
      sets.add("simulate.states_every=3");
    }
    if (text.contains("check_every:")) {
      sets.add("simulate.stop.check_every=5");
    }
    if (text.contains("parallel:")) {
      sets.add("lattice.large=16");
    }
    if (!text.contains("\ndirect:") && text.contains("large: 800")) {
      sets.removeIf(set -> set.startsWith("direct."));
    }
    Path out = folder.resolve("run");
    for (String name : List.of("validate", command(text))) {
      Outcome outcome = TinyRun.run(reduced(name, config, out, sets));
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.code()).isZero();
    }
    assertThat(out.resolve(RESULTS.get(command(text)))).isNotEmptyFile();
  }

  /** Conditions, and durations where events are not small. */
  private static List<String> ofSystem(String text) {
    if (text.contains("system: predator-prey")) {
      String time = ".duration={time: 1}";
      return List.of("simulate" + time, "direct" + time, "evolve.duration=auto");
    }
    return List.of(
        text.contains("system: ising") || text.contains("system: curie-weiss")
            ? "conditions.temperature=[2.5, 3]"
            : "conditions.temperature_K=[1400, 2000]",
        "evaluate.tolerance={default: 1}");
  }

  /** The command that the header of a file names. */
  private static String command(String text) {
    return RESULTS.keySet().stream()
        .filter(name -> text.matches("(?s).*latticelift (--np \\d+ )?" + name + " configs/.*"))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aNetworkIsSampledAndTrainedAtReducedSize(Path config) {
    Path weights = SharedData.find("nnk-nbmota").resolve("weights.h5");
    List<String> few =
        List.of(
            "barrier.weights=" + weights,
            "sample.environments=200",
            "sample.fresh_environments=20",
            "sample.groups=[{name: few, kind: kmc, share: 1, members: 2, stages: [{temperature_K:"
                + " 2000, jumps: 500}]}]");
    Outcome sample = TinyRun.run(reduced("barrier sample", config, folder.resolve("table"), few));
    assertThat(sample.err()).isEmpty();
    List<String> fit =
        List.of(
            "train.table=" + folder.resolve("table/table.h5"),
            "train.fresh_table=" + folder.resolve("table/fresh.h5"),
            "train.fit.rows=20000",
            "train.fit.batch=200");
    Outcome train = TinyRun.run(reduced("barrier train", config, folder.resolve("network"), fit));
    assertThat(train.err()).isEmpty();
    assertThat(folder.resolve("network/network.h5")).isNotEmptyFile();
  }

  @Test
  void theGuideNamesEveryTopLevelKey() throws IOException {
    String guide = Files.readString(DOCS.resolve("how-to/write-a-configuration.md"));
    assertThat(keys(PipelineConfig.class))
        .hasSizeGreaterThan(20)
        .allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
  }

  /** Keys of parts stand beside the others. */
  private static Stream<String> keys(Class<?> section) {
    return Stream.of(section.getRecordComponents())
        .flatMap(
            key ->
                key.isAnnotationPresent(Part.class)
                    ? keys(key.getType())
                    : Stream.of(key.getName()));
  }

  @Test
  void everyExitCodeIsExplained() throws IOException {
    String codes = Files.readString(DOCS.resolve("reference/exit-codes.md"));
    for (var code : org.latticelift.io.error.ExitCode.values()) {
      assertThat(codes).contains("| " + code.code() + " |");
    }
  }

  private static String[] reduced(String command, Path config, Path out, List<String> sets) {
    Stream<String> head =
        Stream.concat(
            Stream.of(command.split(" ")),
            Stream.of(config.toString(), "--out", out.toString(), "--quiet"));
    return Stream.concat(head, sets.stream().flatMap(set -> Stream.of("--set", set)))
        .toArray(String[]::new);
  }
}
