package org.latticelift.learn.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.latticelift.learn.evaluate.AveragesTable.MainObservables;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.ComponentResult.SmallSystem;
import org.latticelift.learn.evaluate.ComponentResult.Stationarity;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.evaluate.Evaluator.SumRuleResiduals;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.sde.Resampling;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.Criterion;

final class EvaluatorTest {
  /** Of initial states nothing is known. */
  private static final double[] STARTS = {};

  private static final double TAU = 8e-7;
  private static final double DEVIATION = 0.035;
  private static final EvaluateConfig SPEC =
      new EvaluateConfig(Map.of("default", 0.06, "T1000", 0.12), 0.005, List.of());

  private static final Calibration CALM = new Calibration(1.01, 0.01, 1000);
  private static final Resampling RESAMPLING =
      new Resampling(new int[] {0, 1, 2, 3, 4, 5, 0, 1}, Resampling.Unit.RUNS, 8);
  private static final Map<String, SmallRuns> SMALL =
      SyntheticRuns.PAIRS.stream()
          .collect(Collectors.toMap(name -> name, name -> small(List.of())));

  private static SmallRuns small(List<Criterion> failed) {
    return new SmallRuns(new SmallSystem(-0.5, 0.01, 0.02, 0.1), Relaxation.of(failed));
  }

  @Test
  void aGoodPredictionPasses() {
    ConditionResult result = evaluate(2000, 0, 4, 24 * TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.OK);
    assertThat(result.stationary()).isTrue();
    assertThat(result.amount().relaxationTimes()).isBetween(16.0, 36.0);
    assertThat(result.sumRules().predicted()).isLessThan(1e-12);
    assertThat(result.sumRules().direct()).isLessThan(1e-12);
    assertThat(result.physicalError().value()).isLessThan(0.02);
    ComponentResult taTa = result.components().get(5);
    assertThat(taTa.relaxation().predicted()).isCloseTo(TAU, within(0.03 * TAU));
    assertThat(taTa.relaxation().direct()).isCloseTo(TAU, within(0.35 * TAU));
    // an exponential has made half of its way after ln 2 of its time, 90 % after ln 10
    PathComparison path = taTa.path();
    assertThat(path.half().predicted()).isCloseTo(Math.log(2) * TAU, within(0.35 * TAU));
    assertThat(path.half().direct()).isCloseTo(Math.log(2) * TAU, within(0.35 * TAU));
    assertThat(path.threeQuarters().direct())
        .isBetween(path.half().direct(), path.ninety().direct());
    assertThat(path.distance()).isBetween(0.3 * path.floor(), 3 * path.floor());
    assertThat(taTa.small().mean()).isEqualTo(-0.5);
    assertThat(taTa.relaxation().interval().lower()).isLessThan(taTa.relaxation().direct());
    assertThat(taTa.direct().deviation()).isCloseTo(DEVIATION, within(0.2 * DEVIATION));
    assertThat(taTa.direct().correlation()).isCloseTo(TAU, within(0.5 * TAU));
    // variance of the mean: 2 tau sigma^2 / T over 4 runs of 24 tau less a transient of 2
    double error = DEVIATION * Math.sqrt(2.0 / 88);
    assertThat(taTa.direct().error()).isCloseTo(error, within(0.3 * error));
    assertThat(taTa.predicted().uncertainty().error()).isEqualTo(0.002);
  }

  @Test
  void aShiftedPredictionIsOver() {
    ConditionResult result = evaluate(2000, 0.2, 4, 24 * TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.OVER);
    ComponentResult moMo = result.components().get(3);
    assertThat(moMo.comparison().difference()).isCloseTo(0.2, within(0.03));
    assertThat(moMo.comparison().allowed())
        .isCloseTo(0.06 + 2 * moMo.comparison().combinedError(), within(1e-12));
    assertThat(evaluate(1000, 0.1, 4, 24 * TAU).verdict()).isEqualTo(Verdict.OK);
  }

  @Test
  void withoutDirectRunsThereIsNoVerdict() {
    ConditionResult result = evaluate(2000, 0, 0, TAU);
    assertThat(result.verdict()).isEqualTo(Verdict.NONE);
    assertThat(result.sumRules().direct()).isNaN();
    assertThat(result.physicalError().value()).isNaN();
    assertThat(result.sumRules().predicted()).isLessThan(1e-12);
    assertThat(limits(evaluation(result))).hasSize(1).first().asString().contains("No direct");
    assertThat(result.components().get(3).comparison().allowed()).isNaN();
  }

  @Test
  void aShortDirectRunIsToldToBeShort() {
    ConditionResult result = evaluate(2000, 0, 4, 2 * TAU);
    assertThat(result.amount().relaxationTimes()).isLessThan(4);
    List<String> limits = limits(evaluation(result));
    assertThat(limits).anyMatch(limit -> limit.contains("relaxation times"));
    assertThat(limits).anyMatch(limit -> limit.contains("direct runs are not equilibrated"));
  }

  @Test
  void onlyChecksThatWereMadeAndPassedLeaveNoDoubt() {
    ConditionResult good = evaluate(2000, 0, 8, 100 * TAU);
    assertThat(limits(evaluation(good))).isEmpty();
    assertThat(doubt(good, SPEC, Map.of(), Calibration.NONE, 0.002))
        .containsExactly(
            "T2000: whether the small-system runs are equilibrated was not checked.",
            "T2000: the learned diffusion was not checked: there are no training samples"
                + " here, or it is singular.");
    assertThat(doubt(good, SPEC, SMALL, CALM, Double.NaN))
        .anyMatch(limit -> limit.startsWith("T2000: a standard error is unknown: not compared"));
    Map<String, SmallRuns> slow = new HashMap<>(SMALL);
    slow.put("MoMo", small(List.of(Criterion.DRIFT)));
    assertThat(doubt(good, SPEC, slow, CALM, 0.002))
        .containsExactly(
            "T2000: the small-system runs are not equilibrated: the halves of the part"
                + " after equilibration differ by more than their error (MoMo). Lengthen"
                + " simulate.duration 2 times.");
  }

  @Test
  void oneModelHasNoIntervalAndNeedsATolerance() {
    EvaluateConfig none = new EvaluateConfig(Map.of(), 0.005, List.of());
    ConditionResult result =
        evaluator(none)
            .evaluate(
                prediction(2000, SyntheticRuns.late(2000), 0.002),
                STARTS,
                direct(2000, 8, 100 * TAU),
                CALM,
                SMALL,
                0);
    assertThat(result.verdict()).isEqualTo(Verdict.NONE);
    Evaluation evaluation =
        new Evaluation(
            "temperature_K",
            SyntheticRuns.PAIRS,
            List.of(result),
            SyntheticRuns.VACANCY_NEIGHBOURS,
            "s",
            Resampling.none(1),
            List.of());
    assertThat(limits(evaluation))
        .containsExactly(
            "One model: no interval. Set train.models to 8 (and train.resample to groups) for one,"
                + " or evaluate.tolerance for verdicts without.");
  }

  @Test
  void withoutAToleranceTheVerdictIsAgainstTheCombinedInterval() {
    EvaluateConfig none = new EvaluateConfig(Map.of(), 0.005, List.of());
    double[] late = SyntheticRuns.late(2000);
    List<TimeSeries> runs = direct(2000, 8, 100 * TAU);
    ComponentResult near = moMo(none, models(late, 0, 0.01), runs);
    // Eight models at +-0.01 on six halves, of which two count twice, less the noise of 0.002 of
    // each model, which the mean has an eighth of; t(0.975, 5) = 2.5706
    double shares = (2 * 4 + 4) / 64.0;
    double error = Math.sqrt((1e-4 / (1 - shares) - 4e-6) * (1 + shares) + 4e-6 / 8);
    assertThat(near.predicted().uncertainty().error()).isCloseTo(error, within(1e-9));
    assertThat(near.predicted().uncertainty().halfWidth()).isCloseTo(2.5706 * error, within(1e-5));
    assertThat(near.comparison().allowed())
        .isCloseTo(Math.hypot(2.5706 * error, near.direct().halfWidth()), within(1e-5));
    assertThat(near.direct().halfWidth())
        .isBetween(1.96 * near.direct().error(), 2.4 * near.direct().error());
    assertThat(near.verdict()).isEqualTo(Verdict.OK);
    assertThat(moMo(none, models(late, 0.05, 0.01), runs).verdict()).isEqualTo(Verdict.OVER);
    assertThat(near.deviationVerdict()).isEqualTo(Verdict.OK);
    double[] times = SyntheticRuns.times(2001, 100 * TAU);
    List<TimeSeries> wider = SyntheticRuns.runs(8, late, TAU, 1.5 * DEVIATION, times, 3);
    assertThat(moMo(none, models(late, 0, 0.01), wider).deviationVerdict()).isEqualTo(Verdict.OVER);
    EvaluateConfig wide = new EvaluateConfig(Map.of("default", 0.05), 0.005, List.of());
    ComponentResult tolerated = moMo(wide, models(late, 0.05, 0.01), runs);
    assertThat(tolerated.comparison().allowed())
        .isCloseTo(0.05 + near.comparison().allowed(), within(1e-12));
    assertThat(tolerated.verdict()).isEqualTo(Verdict.OK);
    assertThat(tolerated.deviationVerdict()).isEqualTo(Verdict.NONE);
    assertThat(key(none, models(late, 0.05, 0.01), runs))
        .anyMatch(line -> line.endsWith("of 6 comparisons about 0.3 are over by chance."));
    assertThat(key(wide, models(late, 0.05, 0.01), runs))
        .noneMatch(line -> line.contains("by chance"));
  }

  private static List<String> key(
      EvaluateConfig spec, Prediction prediction, List<TimeSeries> runs) {
    return EvaluationTables.key(
        evaluation(evaluator(spec).evaluate(prediction, STARTS, runs, CALM, SMALL, 0)));
  }

  private static ComponentResult moMo(
      EvaluateConfig spec, Prediction prediction, List<TimeSeries> runs) {
    return evaluator(spec).evaluate(prediction, STARTS, runs, CALM, SMALL, 0).components().get(3);
  }

  @Test
  void anUnknownErrorIsNoVerdict() {
    assertThat(
            evaluator(SPEC)
                .evaluate(
                    prediction(2000, SyntheticRuns.late(2000), Double.NaN),
                    STARTS,
                    direct(2000, 8, 48 * TAU),
                    CALM,
                    SMALL,
                    0)
                .verdict())
        .isEqualTo(Verdict.NONE);
    assertThat(Verdict.NONE.word()).isEqualTo("not compared");
  }

  @Test
  void aDirectObservableThatDriftsIsNoticed() {
    // four runs that lie apart by 0.03, noise of 0.02, and a common drift of 0.043 between halves
    double[] late = SyntheticRuns.late(1000);
    double[] times = SyntheticRuns.times(201, 40 * TAU);
    List<TimeSeries> runs = new ArrayList<>();
    for (int run = 0; run < 4; run++) {
      double own = 0.02 * (run - 1.5);
      TimeSeries calm = SyntheticRuns.run(late, TAU, 0.02, times, 40 + run);
      double[] values = new double[6 * times.length];
      Arrays.setAll(
          values, i -> calm.value(i / 6, i % 6) + (i % 6 == 3 ? own - 0.172 * (i / 6) / 200 : 0));
      runs.add(new TimeSeries(times, values, 6));
    }
    ConditionResult result =
        evaluator(SPEC).evaluate(prediction(1000, late, 0.002), STARTS, runs, CALM, SMALL, 0);
    Stationarity moMo = result.components().get(3).settled().direct();
    assertThat(moMo.drift()).isCloseTo(-0.043, within(0.015));
    assertThat(moMo.stationary()).isFalse();
    assertThat(result.stationary()).isFalse();
    assertThat(limits(evaluation(result)))
        .anyMatch(limit -> limit.matches(".*direct runs are not equilibrated:.*halves.*MoMo.*"));
  }

  private static List<String> doubt(
      ConditionResult good,
      EvaluateConfig spec,
      Map<String, SmallRuns> small,
      Calibration calibration,
      double error) {
    return limits(
        evaluation(
            evaluator(spec)
                .evaluate(
                    prediction(good.value(), SyntheticRuns.late(good.value()), error),
                    STARTS,
                    direct(good.value(), 8, 100 * TAU),
                    calibration,
                    small,
                    0)));
  }

  @Test
  void storedTrajectoriesGiveADiscrepancyNearZero() {
    ConditionResult result = evaluate(2000, 0, 5, 24 * TAU);
    assertThat(Math.abs(result.distance().mean().unbiased())).isLessThan(0.01);
    assertThat(result.distance().mean().biased())
        .isGreaterThan(result.distance().mean().unbiased());
  }

  @Test
  void theTableIsAlignedAndNamesTheVerdict() {
    Evaluation evaluation = evaluation(evaluate(2000, 0.2, 4, 24 * TAU)).noted(Remedies.general());
    List<String> lines = EvaluationTables.components(evaluation).lines();
    assertThat(lines).hasSize(8);
    assertThat(lines.get(0))
        .startsWith("condition  observable  predicted")
        .containsSubsequence("predicted", "small", "direct", "difference", "verdict");
    assertThat(lines.get(5)).startsWith("T2000      MoMo").endsWith("over");
    assertThat(lines.get(2).indexOf('.')).isEqualTo(lines.get(5).indexOf('.'));
    assertThat(EvaluationTables.lines(evaluation, true))
        .anyMatch(line -> line.startsWith("note: T2000"));
  }

  /** A sentence with the count, a short table of what the sentence counts, the gravest notes. */
  @Test
  void theFirstScreenCountsWhatItsTableShows() {
    Evaluation evaluation = evaluation(evaluate(2000, 0.2, 4, 24 * TAU)).noted(Remedies.general());
    List<String> lines = EvaluationTables.lines(evaluation, false);
    List<String> rows = lines.stream().filter(line -> line.startsWith("T2000")).toList();
    long ok = rows.stream().filter(row -> row.endsWith("ok")).count();
    assertThat(ok).isLessThan(rows.size());
    assertThat(lines.get(0))
        .startsWith(ok + " of " + rows.size() + " predicted equilibrium means agree");
    ComponentResult first =
        evaluation.conditions().get(0).components().stream()
            .filter(c -> c.verdict() == Verdict.OVER)
            .max(Comparator.comparingDouble(c -> Math.abs(c.comparison().z())))
            .orElseThrow();
    assertThat(lines.get(0)).contains(" Look at " + first.observable() + " at T2000");
    assertThat(lines)
        .filteredOn(line -> line.startsWith("condition"))
        .singleElement()
        .asString()
        .containsSubsequence("observable", "predicted", "direct", " z ", "verdict");
    assertThat(lines).filteredOn(line -> line.startsWith("warning: ")).hasSizeBetween(1, 3);
  }

  /** Farther shells behind the pairs of the first one are details, what else there is is not. */
  @Test
  void theLastObservablesOfEarlierNamesAreDetails() {
    List<String> pairs = List.of("AA", "AB", "shell2.AA", "shell2.AB", "shell3.AA", "shell3.AB");
    assertThat(MainObservables.count(pairs)).isEqualTo(2);
    assertThat(MainObservables.count(pairs.subList(2, 6))).isEqualTo(4);
    assertThat(MainObservables.count(List.of("AA", "shell2.AA", "b2.A"))).isEqualTo(3);
    assertThat(MainObservables.count(List.of("AA", "AB"))).isEqualTo(2);
  }

  private static List<String> limits(Evaluation evaluation) {
    return Limits.of(evaluation, Remedies.general());
  }

  static Evaluation evaluation(ConditionResult... results) {
    return new Evaluation(
        "temperature_K",
        SyntheticRuns.PAIRS,
        Arrays.asList(results),
        SyntheticRuns.VACANCY_NEIGHBOURS,
        "s",
        RESAMPLING,
        List.of());
  }

  private static ConditionResult evaluate(double kelvin, double shift, int runs, double end) {
    double[] late = SyntheticRuns.late(kelvin);
    double[] shifted = SyntheticRuns.expand(late[3] + shift, late[4], late[5]);
    return evaluator(SPEC)
        .evaluate(
            prediction(kelvin, shifted, 0.002), STARTS, direct(kelvin, runs, end), CALM, SMALL, 0);
  }

  private static Evaluator evaluator(EvaluateConfig spec) {
    return new Evaluator(
        SyntheticRuns.PAIRS,
        spec,
        new SumRuleResiduals(FakeRun.relations()),
        Coordinates.physical(SyntheticRuns.PAIRS),
        new Streams(1));
  }

  private static List<TimeSeries> direct(double kelvin, int runs, double end) {
    double[] times = SyntheticRuns.times(481, end);
    return SyntheticRuns.runs(runs, SyntheticRuns.late(kelvin), TAU, DEVIATION, times, 1);
  }

  /** Of one model, with the noise of its ensemble alone. */
  private static Prediction prediction(double kelvin, double[] late, double error) {
    return prediction(kelvin, late, new double[][] {late.clone()}, error, Resampling.none(1));
  }

  /** Of eight models with pairs of their own, which lie apart by so much to either side. */
  private static Prediction models(double[] late, double shift, double apart) {
    double[][] means = new double[8][];
    Arrays.setAll(
        means,
        k -> {
          double off = shift + (k % 2 == 0 ? apart : -apart);
          return SyntheticRuns.expand(late[3] + off, late[4] + off, late[5] + off);
        });
    return prediction(2000, late, means, 0.002, RESAMPLING);
  }

  private static Prediction prediction(
      double kelvin, double[] late, double[][] means, double error, Resampling resampling) {
    double[] times = SyntheticRuns.times(501, 25 * TAU);
    TimeSeries mean = SyntheticRuns.run(late, TAU, 0, times, 0);
    double[][] deviations = new double[means.length][6];
    double[][] noise = new double[means.length][6];
    for (int k = 0; k < means.length; k++) {
      Arrays.fill(deviations[k], DEVIATION);
      Arrays.fill(noise[k], error);
    }
    List<TimeSeries> curves = Collections.nCopies(means.length, mean);
    return new Prediction(
        "T" + (int) kelvin,
        kelvin,
        mean,
        mean,
        mean,
        new Prediction.ModelCurves(curves, curves, 100),
        new Prediction.LateValues(means, deviations, noise, noise),
        resampling,
        SyntheticRuns.runs(20, late, TAU, DEVIATION, times, 9),
        false);
  }
}
