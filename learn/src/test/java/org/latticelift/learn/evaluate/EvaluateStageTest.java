package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.error.ExitCode;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.sim.lift.PairsFile;

final class EvaluateStageTest {
  private static final EvaluateConfig SPEC =
      Binder.bind(
          ConfigNode.parse("tolerance: {default: 0.06, T1000: 0.03}", "test.yaml"),
          EvaluateConfig.class);

  @TempDir private Path folder;

  @Test
  void theNumbersOfAKnownRunAreFound() throws IOException {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      EvaluateStage stage =
          new EvaluateStage(SPEC, PairsFile.NAME, FakeRun.relations(), Remedies.general());
      stage.run(FakeRun.context(directory));
      assertThat(stage.outputs()).allMatch(directory::complete);
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      assertThat(evaluation.parameter()).isEqualTo("temperature_K");
      assertThat(evaluation.ruleDeficit()).isCloseTo(8.0 / 1024, within(1e-12));
      assertThat(evaluation.conditions()).hasSize(4);
      for (int c = 0; c < 4; c++) {
        check(evaluation.conditions().get(c), c);
      }
      List<String> csv = Files.readAllLines(directory.file(EvaluationCsv.NAME));
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
      assertThat(EvaluateStage.lines(directory))
          .hasSizeGreaterThan(32)
          .contains("note: " + evaluation.notes().get(0));
    }
  }

  private static void check(ConditionResult result, int c) {
    double[] late = SyntheticRuns.late(FakeRun.TEMPERATURES[c]);
    assertThat(result.directRuns()).isEqualTo(3);
    assertThat(result.calibration().ratio()).isCloseTo(1, within(0.05));
    assertThat(result.predictedSumRule()).isLessThan(1e-10);
    assertThat(result.relaxationTimes()).isBetween(9.0, 11.0);
    for (int i = 0; i < 6; i++) {
      ComponentResult component = result.components().get(i);
      assertThat(component.direct()).isCloseTo(late[i], within(4 * component.directError() + 0.01));
    }
    ComponentResult moTa = result.components().get(4);
    assertThat(moTa.predictedRelaxation()).isCloseTo(FakeRun.TAU[c], within(0.05 * FakeRun.TAU[c]));
    assertThat(moTa.predicted() - late[4]).isCloseTo(c == 0 ? FakeRun.SHIFT : 0, within(1e-9));
    assertThat(result.verdict()).isEqualTo(c == 0 ? Verdict.OVER : Verdict.OK);
  }

  @Test
  void evaluatesWithoutDirectRuns() {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), false)) {
      new EvaluateStage(SPEC, PairsFile.NAME, FakeRun.relations(), Remedies.general())
          .run(FakeRun.context(directory));
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      assertThat(evaluation.hasDirect()).isFalse();
      assertThat(evaluation.conditions()).allMatch(c -> c.verdict() == Verdict.NONE);
      assertThat(EvaluationTables.components(evaluation).headers())
          .contains("predicted", "verdict")
          .doesNotContain("direct", "difference", "allowed");
      assertThat(EvaluationTables.key(evaluation)).noneMatch(line -> line.contains("chance"));
    }
  }

  @Test
  void equalRunsGiveEqualFiles() throws IOException {
    byte[][] csv = new byte[2][];
    for (int i = 0; i < 2; i++) {
      try (RunDirectory directory = FakeRun.create(folder.resolve("run" + i), true)) {
        new EvaluateStage(SPEC, PairsFile.NAME, FakeRun.relations(), Remedies.general())
            .run(FakeRun.context(directory));
        csv[i] = Files.readAllBytes(directory.file(EvaluationCsv.NAME));
      }
    }
    assertThat(csv[0]).isEqualTo(csv[1]);
  }

  @Test
  void aToleranceForAnUnknownConditionIsRefused() {
    List<String> known = List.of("T1000", "T1400");
    new EvaluateConfig(Optional.empty(), Map.of("default", 0.1, "T1400", 0.2), 0.01)
        .requireConditions(known);
    for (String unknown : List.of("Q1500", "T9", "T1200", "")) {
      EvaluateConfig spec = new EvaluateConfig(Optional.empty(), Map.of(unknown, 0.1), 0.01);
      assertThatThrownBy(() -> spec.requireConditions(known))
          .isInstanceOf(LatticeLiftException.class)
          .hasMessageContaining("unknown key '" + unknown + "'")
          .hasMessageContaining("default, T1000, T1400");
    }
  }

  @Test
  void badSettingsAndMissingInputsAreTold() {
    assertThatThrownBy(
            () ->
                Binder.bind(
                    ConfigNode.parse("tolerance: {default: -1}", "test.yaml"),
                    EvaluateConfig.class))
        .isInstanceOf(LatticeLiftException.class)
        .hasMessageContaining("evaluate.tolerance.default");
    assertThatThrownBy(
            () -> Binder.bind(ConfigNode.parse("burn_in: 1.0", "test.yaml"), EvaluateConfig.class))
        .isInstanceOf(LatticeLiftException.class);
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), false)) {
      directory.delete("ensemble.h5");
      assertThatThrownBy(
              () ->
                  new EvaluateStage(SPEC, PairsFile.NAME, FakeRun.relations(), Remedies.general())
                      .run(FakeRun.context(directory)))
          .isInstanceOfSatisfying(
              LatticeLiftException.class,
              e -> assertThat(e.exitCode()).isEqualTo(ExitCode.MISSING_INPUT));
    }
  }
}
