package org.latticelift.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.latticelift.random.Streams;

final class EvaluatorTest {
  private static final double TAU = 8e-7;
  private static final double DEVIATION = 0.035;
  private static final EvaluateSpec SPEC =
      new EvaluateSpec(0.5, Map.of("default", 0.06, "T1000", 0.12), 0.005);

  @Test
  void aGoodPredictionPasses() {
    ConditionResult result = evaluate(2000, 0, 4, 24 * TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.OK);
    assertThat(result.stationary()).isTrue();
    assertThat(result.relaxationTimes()).isBetween(16.0, 36.0);
    assertThat(result.predictedSumRule()).isLessThan(1e-12);
    assertThat(result.directSumRule()).isLessThan(1e-12);
    assertThat(result.trajectoryError()).isLessThan(0.02);
    ComponentResult taTa = result.components().get(5);
    assertThat(taTa.predictedRelaxation()).isCloseTo(TAU, within(0.03 * TAU));
    assertThat(taTa.directRelaxation()).isCloseTo(TAU, within(0.35 * TAU));
    assertThat(taTa.directRelaxationInterval().lower()).isLessThan(taTa.directRelaxation());
    assertThat(taTa.directDeviation()).isCloseTo(DEVIATION, within(0.2 * DEVIATION));
    assertThat(taTa.directCorrelation()).isCloseTo(TAU, within(0.5 * TAU));
    // variance of the mean: 2 tau sigma^2 / T over 4 runs of 12 tau
    assertThat(taTa.directError())
        .isCloseTo(DEVIATION * Math.sqrt(2.0 / 48), within(0.3 * taTa.directError()));
    assertThat(taTa.predictedError()).isEqualTo(0.002);
    assertThat(taTa.predictedModelSpread()).isCloseTo(0.01 / Math.sqrt(2), within(1e-12));
  }

  @Test
  void aShiftedPredictionIsOver() {
    ConditionResult result = evaluate(2000, 0.2, 4, 24 * TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.OVER);
    ComponentResult moMo = result.components().get(3);
    assertThat(moMo.difference()).isCloseTo(0.2, within(0.03));
    assertThat(moMo.allowed()).isCloseTo(0.06 + 2 * moMo.combinedError(), within(1e-12));
    assertThat(evaluate(1000, 0.1, 4, 24 * TAU).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void withoutDirectRunsThereIsNoVerdict() {
    ConditionResult result = evaluate(2000, 0, 0, TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.NONE);
    assertThat(result.directSumRule()).isNaN();
    assertThat(result.trajectoryError()).isNaN();
    assertThat(result.predictedSumRule()).isLessThan(1e-12);
    assertThat(Limits.of(evaluation(result))).hasSize(1).first().asString().contains("No direct");
  }

  @Test
  void aShortDirectRunIsToldToBeShort() {
    ConditionResult result = evaluate(2000, 0, 4, 2 * TAU);
    assertThat(result.relaxationTimes()).isLessThan(4);
    List<String> limits = Limits.of(evaluation(result));
    assertThat(limits).anyMatch(limit -> limit.contains("relaxation times"));
    assertThat(limits).anyMatch(limit -> limit.contains("still drifts"));
  }

  @Test
  void storedTrajectoriesGiveADiscrepancyNearZero() {
    ConditionResult result = evaluate(2000, 0, 5, 24 * TAU);
    assertThat(Math.abs(result.discrepancy().unbiased())).isLessThan(0.01);
    assertThat(result.discrepancy().biased()).isGreaterThan(result.discrepancy().unbiased());
  }

  @Test
  void theTableIsAlignedAndNamesTheVerdict() {
    Evaluation evaluation = evaluation(evaluate(2000, 0.2, 4, 24 * TAU));
    List<String> lines = EvaluationTables.components(evaluation).lines();
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0)).startsWith("condition  observable  predicted");
    assertThat(lines.get(5)).startsWith("T2000      MoMo").endsWith("over");
    assertThat(lines.get(2).indexOf('.')).isEqualTo(lines.get(5).indexOf('.'));
    assertThat(EvaluationTables.lines(evaluation)).anyMatch(line -> line.startsWith("note: T2000"));
  }

  static Evaluation evaluation(ConditionResult... results) {
    return new Evaluation(
        "temperature_K",
        SyntheticRuns.PAIRS,
        Arrays.asList(results),
        SyntheticRuns.VACANCY_NEIGHBOURS,
        0.5,
        "s");
  }

  private static ConditionResult evaluate(double kelvin, double shift, int runs, double end) {
    double[] late = SyntheticRuns.late(kelvin);
    double[] shifted = SyntheticRuns.expand(late[3] + shift, late[4], late[5]);
    double[] times = SyntheticRuns.times(481, end);
    Evaluator evaluator =
        new Evaluator(
            SyntheticRuns.PAIRS,
            SPEC,
            SumRuleResiduals.of(FakeRun.map()),
            Coordinates.physical(SyntheticRuns.PAIRS),
            new Streams(1));
    return evaluator.evaluate(
        prediction(kelvin, shifted),
        SyntheticRuns.runs(runs, late, TAU, DEVIATION, times, 1),
        new Calibration(1.01, 0.01, 1000),
        0);
  }

  private static Prediction prediction(double kelvin, double[] late) {
    double[] times = SyntheticRuns.times(501, 25 * TAU);
    TimeSeries mean = SyntheticRuns.run(late, TAU, 0, times, 0);
    double[] deviation = new double[6];
    Arrays.fill(deviation, DEVIATION);
    double[] lower = SyntheticRuns.expand(late[3] - 0.005, late[4] - 0.005, late[5] - 0.005);
    double[] upper = SyntheticRuns.expand(late[3] + 0.005, late[4] + 0.005, late[5] + 0.005);
    double[] noise = new double[6];
    Arrays.fill(noise, 0.002);
    return new Prediction(
        "T" + (int) kelvin,
        kelvin,
        mean,
        mean,
        List.of(mean, mean),
        new double[][] {lower, upper},
        new double[][] {deviation, deviation},
        noise,
        SyntheticRuns.runs(20, late, TAU, DEVIATION, times, 9),
        false);
  }
}
