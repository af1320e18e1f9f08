package org.latticelift.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latticelift.app.cli.TinyRun.Outcome;
import org.latticelift.sim.system.SystemProvider;

/** Every template is short and commented, is accepted, and runs at reduced size. */
class NewCommandTest {
  private static final List<String> SMALL =
      List.of(
          "simulate.runs=2",
          "simulate.records=10",
          "evolve.samples=60",
          "train.epochs=2",
          "train.models=1",
          "ensemble={trajectories: 4, records: 11}",
          "direct.runs=2",
          "direct.records=10");

  /** Where durations are long, in the unit of each system. */
  private static final Map<String, List<String>> SHORT =
      Map.of(
          "alloy",
          List.of(
              "simulate.duration={events: 2000}",
              "direct.duration={events: 100}",
              "evolve.duration={mean_events: 20}"),
          "curie-weiss",
          List.of("direct.duration={time: 10}"),
          "ising",
          List.of("direct.duration={time: 10}"));

  @TempDir private Path folder;

  /**
   * What another program has made is in {@link SamplesRunTest}, programs of users in
   * ExternalRunTest.
   */
  static List<String> systems() {
    return SystemProvider.all().stream()
        .filter(SystemProvider::simulates)
        .filter(provider -> !provider.name().equals("external"))
        .filter(provider -> provider.template().isPresent())
        .map(SystemProvider::name)
        .toList();
  }

  @Tag("pipeline")
  @ParameterizedTest
  @MethodSource("systems")
  void aNewConfigurationIsValidAndRuns(String system) {
    Path file = folder.resolve("mine.yaml");
    Outcome made = TinyRun.run("new", system, file.toString());
    assertThat(made.err()).isEmpty();
    assertThat(made.out()).contains(file.toString(), "validate", "--dry-run");
    assertThat(TinyRun.lines(file))
        .hasSizeLessThan(45)
        .contains("system: " + system)
        .allMatch(line -> line.length() <= 130)
        .filteredOn(line -> line.contains("# "))
        .hasSizeGreaterThan(9);
    Outcome valid = TinyRun.run("validate", file.toString());
    assertThat(valid.err()).isEmpty();
    assertThat(valid.out()).contains(": valid");
    Path out = folder.resolve("out");
    List<String> run =
        new ArrayList<>(List.of("run", file.toString(), "--quiet", "--out", out.toString()));
    SMALL.forEach(set -> run.addAll(List.of("--set", set)));
    SHORT.getOrDefault(system, List.of()).forEach(set -> run.addAll(List.of("--set", set)));
    Outcome done = TinyRun.run(run.toArray(String[]::new));
    assertThat(done.err()).isEmpty();
    assertThat(out.resolve("report/index.html")).isNotEmptyFile();
  }

  @Test
  void everySystemOfTheProgramHasATemplate() {
    assertThat(systems())
        .contains("alloy", "ising", "curie-weiss", "linear-chain", "predator-prey");
  }

  @Test
  void theAlloyIsTheDefaultAndAFileIsNotReplaced() {
    Path file = folder.resolve("mine.yaml");
    assertThat(TinyRun.run("new", file.toString()).code()).isZero();
    assertThat(TinyRun.lines(file)).contains("system: alloy");
    Outcome again = TinyRun.run("new", "ising", file.toString());
    assertThat(again.code()).isEqualTo(73);
    assertThat(again.err()).contains("exists", "--overwrite");
    assertThat(TinyRun.lines(file)).contains("system: alloy");
    assertThat(TinyRun.run("new", "ising", file.toString(), "--overwrite").code()).isZero();
    assertThat(TinyRun.lines(file)).contains("system: ising");
  }

  @Test
  void anUnknownSystemOrNoFileNamesWhatThereIs() {
    Outcome unknown = TinyRun.run("new", "potts", folder.resolve("a.yaml").toString());
    assertThat(unknown.code()).isEqualTo(64);
    assertThat(unknown.err())
        .contains("potts", "alloy, curie-weiss, external, ising, linear-chain, pred");
    assertThat(TinyRun.run("new", "ising").err()).contains("no file", "new ising FILE");
    assertThat(TinyRun.run("new").code()).isEqualTo(64);
    assertThat(folder).isEmptyDirectory();
  }
}
