package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.latticelift.io.testing.Failures.assertFails;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.learn.judgement.Verdict;

final class EvaluateStageTest {
  private static final EvaluateConfig SPEC =
      Binder.bind(
          ConfigNode.parse("tolerance: {default: 0.06, T1000: 0.03}", "test.yaml"),
          EvaluateConfig.class);

  @TempDir private Path folder;

  @Test
  void theNumbersOfAKnownRunAreFound() throws IOException {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      EvaluateStage stage = FakeRun.evaluate(SPEC);
      stage.run(FakeRun.context(directory));
      assertThat(stage.outputs()).allMatch(directory::complete);
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      assertThat(evaluation.parameter()).isEqualTo("temperature_K");
      assertThat(evaluation.ruleDeficit()).isCloseTo(8.0 / 1024, within(1e-12));
      assertThat(evaluation.conditions()).hasSize(4);
      for (int c = 0; c < 4; c++) {
        check(evaluation.conditions().get(c), c);
      }
      List<String> csv = Files.readAllLines(directory.file(EvaluationFile.TABLE));
      assertThat(csv).hasSize(25);
      assertThat(csv.get(0)).startsWith("condition,temperature_K,observable,predicted,");
      assertThat(csv.get(1)).startsWith("T1000,1000,NbNb,");
      String over =
          evaluation.conditions().get(0).components().stream()
              .filter(component -> component.verdict() == Verdict.OVER)
              .map(ComponentResult::observable)
              .collect(Collectors.joining(", ", "(", ")"));
      assertThat(evaluation.notes())
          .anyMatch(note -> note.startsWith("T1000: prediction and") && note.contains(over));
      assertThat(EvaluationTables.lines(directory, true))
          .hasSizeGreaterThan(32)
          .contains("note: " + evaluation.notes().get(0));
    }
  }

  private static void check(ConditionResult result, int c) {
    double[] late = SyntheticRuns.late(FakeRun.TEMPERATURES[c]);
    assertThat(result.amount().directRuns()).isEqualTo(3);
    assertThat(result.calibration().ratio()).isCloseTo(1, within(0.05));
    assertThat(result.sumRules().predicted()).isLessThan(1e-10);
    assertThat(result.amount().relaxationTimes()).isBetween(9.0, 11.0);
    for (int i = 0; i < 6; i++) {
      ComponentResult component = result.components().get(i);
      assertThat(component.direct().mean())
          .isCloseTo(late[i], within(4 * component.direct().error() + 0.01));
    }
    ComponentResult moTa = result.components().get(4);
    assertThat(moTa.relaxation().predicted())
        .isCloseTo(FakeRun.TAU[c], within(0.05 * FakeRun.TAU[c]));
    assertThat(moTa.predicted().mean() - late[4])
        .isCloseTo(c == 0 ? FakeRun.SHIFT : 0, within(1e-9));
    assertThat(result.verdict()).isEqualTo(c == 0 ? Verdict.OVER : Verdict.OK);
  }

  /** Known means go from 0 like 1 - exp(-t / tau), so after N events they are known, too. */
  @Tag("pipeline")
  @Test
  void observablesAfterEventsAreThoseOfTheirTime() {
    EvaluateConfig config =
        Binder.bind(
            ConfigNode.parse("after_events: [1000, 250, 1.0e+7]", "test.yaml"),
            EvaluateConfig.class);
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      EvaluateStage stage = FakeRun.evaluate(config);
      assertThat(stage.inputs()).contains("snapshots.h5");
      stage.run(FakeRun.context(directory));
      assertThat(stage.outputs()).contains(AfterEvents.NAME).allMatch(directory::complete);
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      AfterEvents after = AfterEvents.read(directory, evaluation).orElseThrow();
      assertThat(after.events()).containsExactly(250.0, 1000.0, 1e7);
      assertThat(after.points()).hasSize(9); // three of four conditions have events
      for (AfterEvents.Point point : after.after(1000)) {
        double[] late = SyntheticRuns.late(point.value());
        int c = java.util.Arrays.binarySearch(FakeRun.TEMPERATURES, point.value());
        assertThat(point.time()).isCloseTo(FakeRun.TAU[c], within(1e-12 * FakeRun.TAU[c]));
        double shift = c == 0 ? FakeRun.SHIFT : 0;
        double way = 1 - Math.exp(-1);
        assertThat(point.predicted().get(4).value())
            .isCloseTo((late[4] + shift) * way, within(0.01));
        assertThat(point.direct().get(4).value())
            .isCloseTo(late[4] * way, within(4 * FakeRun.DEVIATION));
        assertThat(point.direct().get(4).halfWidth()).isBetween(0.001, 0.2);
      }
      for (AfterEvents.Point point : after.after(1e7)) { // beyond all runs
        assertThat(point.predicted().get(4).value()).isNaN();
        assertThat(point.direct().get(4).value()).isNaN();
      }
      assertThat(EvaluationTables.lines(directory, true))
          .anyMatch(line -> line.startsWith("events per patch"))
          .anyMatch(line -> line.matches("250 +[A-Za-z]+ +-?0\\.[0-9]+ .*"));
    }
  }

  @Test
  void evaluatesWithoutDirectRuns() {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), false)) {
      FakeRun.evaluate(SPEC).run(FakeRun.context(directory));
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      assertThat(evaluation.hasDirect()).isFalse();
      assertThat(evaluation.conditions()).allMatch(c -> c.verdict() == Verdict.NONE);
      assertThat(EvaluationTables.components(evaluation).headers())
          .contains("predicted", "verdict")
          .doesNotContain("direct", "difference", "allowed");
      assertThat(EvaluationTables.key(evaluation)).noneMatch(line -> line.contains("chance"));
    }
  }

  @Tag("pipeline")
  @Test
  void showsProgressByCondition() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), false)) {
      FakeRun.evaluate(SPEC)
          .run(FakeRun.context(directory, ProgressFactory.lines(new PrintStream(shown))));
    }
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("evaluate: 4/4 in ");
  }

  @Tag("pipeline")
  @Test
  void equalRunsGiveEqualFiles() throws IOException {
    byte[][] csv = new byte[2][];
    for (int i = 0; i < 2; i++) {
      try (RunDirectory directory = FakeRun.create(folder.resolve("run" + i), true)) {
        FakeRun.evaluate(SPEC).run(FakeRun.context(directory));
        csv[i] = Files.readAllBytes(directory.file(EvaluationFile.TABLE));
      }
    }
    assertThat(csv[0]).isEqualTo(csv[1]);
  }

  @Test
  void aToleranceForAnUnknownConditionIsRefused() {
    List<String> known = List.of("T1000", "T1400");
    new EvaluateConfig(Map.of("default", 0.1, "T1400", 0.2), 0.01, List.of())
        .requireConditions(known);
    for (String unknown : List.of("Q1500", "T9", "T1200", "")) {
      EvaluateConfig spec = new EvaluateConfig(Map.of(unknown, 0.1), 0.01, List.of());
      assertFails(
          () -> spec.requireConditions(known),
          "unknown key '" + unknown + "'",
          "default, T1000, T1400");
    }
  }

  @Test
  void badSettingsAndMissingInputsAreTold() {
    assertFails(
        () ->
            Binder.bind(
                ConfigNode.parse("tolerance: {default: -1}", "test.yaml"), EvaluateConfig.class),
        "evaluate.tolerance.default");
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), false)) {
      directory.delete("ensemble.h5");
      assertFails(
          ExitCode.MISSING_INPUT, () -> FakeRun.evaluate(SPEC).run(FakeRun.context(directory)));
    }
  }
}
