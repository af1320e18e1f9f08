package org.latticelift.app.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code validate --keys}: every section once, with its keys below it. */
class ValidateKeysTest {
  private static final ReusedLine LINE = new ReusedLine();
  private static final Path CONFIGS = Path.of("..", "..", "configs").toAbsolutePath();

  static List<Path> shipped() throws IOException {
    try (Stream<Path> files = Files.walk(CONFIGS)) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> new String(TinyRun.bytes(file), UTF_8).contains("conditions:"))
          .filter(file -> !new String(TinyRun.bytes(file), UTF_8).contains("system: external"))
          .filter(file -> !file.getParent().endsWith("build"))
          .filter(file -> !file.getFileName().toString().equals("alloy-ordering.yaml"))
          .sorted()
          .toList();
    }
  }

  /** What it prints is a configuration that says the same. */
  @Tag("pipeline")
  @ParameterizedTest
  @MethodSource("shipped")
  void whatIsPrintedIsAValidConfiguration(Path config, @TempDir Path folder) throws IOException {
    List<String> sets = new ArrayList<>();
    if (Files.readString(config).replaceAll("#.*", "").contains("model: network")) {
      sets.add("--set=barrier.weights=" + CONFIGS.resolve("models/small.h5"));
    }
    String printed = validated(config, sets);
    Path copy = TinyRun.write(folder.resolve("copy.yaml"), printed);
    assertThat(validated(copy, sets)).isEqualTo(printed);
  }

  private static String validated(Path config, List<String> sets) {
    List<String> words = new ArrayList<>(List.of("validate", config.toString()));
    words.addAll(sets);
    TinyRun.Outcome outcome = LINE.run(words.toArray(String[]::new));
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome.out().lines().filter(line -> !line.startsWith("#")).collect(joining("\n"))
        + "\n";
  }

  @TempDir private Path folder;

  @Test
  void everySectionStandsOnceWithItsKeys() {
    Path config = TinyRun.write(folder.resolve("tiny.yaml"), TinyRun.CONFIG);
    TinyRun.Outcome outcome = TinyRun.run("validate", "--keys", config.toString());
    assertThat(outcome.code()).isZero();
    List<String> lines = outcome.out().lines().toList();
    List<String> sections =
        lines.stream()
            .filter(line -> !line.startsWith(" "))
            .map(line -> line.split(" ")[0])
            .toList();
    assertThat(sections).doesNotHaveDuplicates().contains("system", "barrier", "evolve");
    for (String key :
        List.of(
            "  keep_samples", "  shard_samples", "  cache_mib", "  weights", "  temperature_K")) {
      assertThat(lines).anyMatch(line -> line.startsWith(key + " "));
    }
    assertThat(lines).noneMatch(line -> line.matches(".*(confignode|optionaldouble).*"));
  }

  /** A system may have other defaults than the record of a section. */
  @Test
  void defaultsAreThoseOfTheSystem(@TempDir Path folder) {
    Path config = TinyRun.write(folder.resolve("spins.yaml"), TinyRun.SPINS);
    assertThat(LINE.run("validate", config.toString(), "--keys").out())
        .containsPattern("  states +enlarged\\|.*, default maxent ");
  }

  /** Of commands that have no configuration file. */
  @Test
  void keysOfCommandsAreListedByTheirNames() {
    assertThat(TinyRun.run("validate", "--keys", "predict").out())
        .contains("records", "log_time", "vacancies", "strength_per_m2");
    assertThat(TinyRun.run("validate", "--keys", "map").out()).contains("relaxations", "kept");
    assertThat(TinyRun.run("validate", "--keys", "design").out()).contains("goal");
    assertThat(TinyRun.run("validate", "predict").code()).isEqualTo(66);
  }
}
