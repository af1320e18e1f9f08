package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.stage.StageContext;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.EvaluateConfig;
import org.latticelift.learn.evaluate.EvaluateStage;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.evaluate.FakeRun;
import org.latticelift.learn.evaluate.Limits;
import org.latticelift.learn.evaluate.Remedies;
import org.latticelift.learn.evaluate.SyntheticRuns;
import org.latticelift.learn.evaluate.SystemEstimates;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;

/** The small-system mean stands beside the prediction, and where they agree the report says so. */
class AddedValueTest {
  private static final Extent SMALL =
      new Extent(Role.SMALL, "8 x 8 x 8 cells", List.of(8, 8, 8), 1024, 1);
  private static final Extent LARGE =
      new Extent(Role.LARGE, "16 x 16 x 16 cells", List.of(16, 16, 16), 8192, 8);

  @TempDir private Path folder;

  /** A run whose small system is right at all temperatures but 3000 K, where it is off by 0.1. */
  private Evaluation evaluation(boolean direct) {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), direct)) {
      directory.commit("simulate.csv", beside -> Files.writeString(beside, smallRuns()));
      EvaluateConfig config = new EvaluateConfig(Map.of("default", 0.06), 0.01, List.of());
      FakeRun.evaluate(config).run(FakeRun.context(directory));
      return EvaluationFile.read(directory.file(EvaluationFile.NAME));
    }
  }

  private static String smallRuns() {
    StringBuilder csv =
        new StringBuilder("condition,temperature_K,observable,mean,error,deviation,failed\n");
    for (double kelvin : FakeRun.TEMPERATURES) {
      double[] late = SyntheticRuns.late(kelvin);
      for (int i = 0; i < late.length; i++) {
        double mean = late[i] + (kelvin == 3000 ? 0.1 : 0.001);
        csv.append("T").append((int) kelvin).append(',').append(kelvin).append(',');
        csv.append(SyntheticRuns.PAIRS.get(i)).append(',').append(mean).append(",0.002,0.099,\n");
      }
    }
    return csv.toString();
  }

  @Test
  void agreementIsCountedAndNamed() throws IOException {
    Evaluation evaluation = evaluation(true);
    List<String> said = new AddedValue(evaluation, SMALL, LARGE).sentences();
    // The prediction is right but at 1000 K, where MoMo, MoTa and TaTa are shifted.
    assertThat(said.get(0)).contains("of 24", "(all at T1400, T2000)", "adds nothing");
    assertThat(said.get(1)).contains("16 x 16 x 16 cells", "in the small system 0.099");
  }

  @Test
  void differencesToDirectSimulationStandBesideEachOther() {
    List<List<String>> rows =
        new AddedValue(evaluation(true), SMALL, LARGE).againstDirect().orElseThrow().rows();
    assertThat(rows).hasSize(4);
    assertThat(Double.parseDouble(rows.get(3).get(2))).isBetween(0.08, 0.12);
    assertThat(Double.parseDouble(rows.get(3).get(1))).isLessThan(0.05);
    assertThat(Double.parseDouble(rows.get(2).get(2))).isLessThan(0.05);
  }

  /** A tenth of the half-width takes a hundred times as long. */
  @Test
  void costsAreThoseOfEqualCertainty() {
    Map<String, Double> times =
        Map.of("simulate", 20.0, "lift", 3.0, "train", 6.0, "ensemble", 1.0, "direct", 50.0);
    AddedValue added = new AddedValue(evaluation(true), SMALL, LARGE);
    List<List<String>> rows = added.costs(times).orElseThrow().rows();
    assertThat(rows)
        .extracting(row -> row.get(0))
        .containsExactly("the method", "small runs alone", "direct runs of the large system");
    assertThat(rows.get(0)).containsSubsequence("30.0", "30.0");
    double method = Double.parseDouble(rows.get(0).get(2));
    double direct = Double.parseDouble(rows.get(2).get(2));
    assertThat(Double.parseDouble(rows.get(2).get(3)))
        .isCloseTo(50 * Math.pow(direct / method, 2), withPercentage(5));
    assertThat(added.cheapest(times).orElseThrow()).contains("alone", "costs some 1.0 s");
    assertThat(added.questions(times).orElseThrow()).contains("29.0 s once", "from 1 question on");
    // Quick small runs are as sure soonest, but off by more than the error of the prediction.
    Map<String, Double> quick = new HashMap<>(times);
    quick.put("simulate", 0.1);
    rows = added.costs(quick).orElseThrow().rows();
    assertThat(Double.parseDouble(rows.get(1).get(3))).isLessThan(1);
    assertThat(added.cheapest(quick).orElseThrow()).contains("means alone the method would");
    quick.put("direct", 1e-9);
    assertThat(added.questions(quick).orElseThrow()).contains("however many");
    assertThat(added.smallestSize(Map.of())).isEmpty();
    // 0.1 at one of four temperatures, at others what is shifted at one of them
    Matcher said =
        Pattern.compile(
                "by (\\S+) \\(.* lattice of (\\S+) sites .* error of (\\S+):.* some (\\S+) s")
            .matcher(added.smallestSize(times).orElseThrow());
    assertThat(said.find()).isTrue();
    double difference = Double.parseDouble(said.group(1));
    double sites = Double.parseDouble(said.group(2));
    assertThat(difference).isBetween(0.05, 0.08);
    assertThat(Double.parseDouble(said.group(3))).isCloseTo(method, withPercentage(5));
    double part = (1 / sites - 1.0 / 8192) / (1.0 / 1024 - 1.0 / 8192);
    assertThat(part * difference).isCloseTo(method, withPercentage(15));
    assertThat(new AddedValue(added.evaluation(), LARGE, LARGE).smallestSize(times)).isEmpty();
  }

  @Test
  void smallMeansAreCorrectedForTheirSize() throws IOException {
    try (RunDirectory directory = FakeRun.create(folder.resolve("sizes"), true)) {
      directory.commit("simulate.csv", beside -> Files.writeString(beside, smallRuns()));
      Map<String, Estimate> hot = new HashMap<>();
      SyntheticRuns.PAIRS.forEach(name -> hot.put(name, new Estimate(-0.1, 0.003, Double.NaN)));
      new EvaluateStage(
              new EvaluateConfig(Map.of("default", 0.06), 0.01, List.of()),
              FakeRun.STEPS,
              PairsFile.NAME,
              FakeRun.relations(),
              FakeRun.NOTES,
              new SystemEstimates() {
                @Override
                public Map<String, Estimate> sizeCorrections(
                    StageContext context, Condition condition) {
                  return condition.name().equals("T3000") ? hot : Map.of();
                }
              })
          .run(FakeRun.context(directory));
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      for (ConditionResult condition : evaluation.conditions()) {
        for (ComponentResult c : condition.components()) {
          boolean known = condition.condition().equals("T3000");
          assertEquals(known ? c.small().mean() - 0.1 : Double.NaN, c.corrected().mean());
          assertEquals(known ? Math.hypot(0.002, 0.003) : Double.NaN, c.corrected().error());
        }
      }
      assertThat(String.join("\n", Limits.of(evaluation, Remedies.general())))
          .containsOnlyOnce("periodic length")
          .contains("T3000: the periodic", "MoMo by 0.100");
      ResultTable table = new AddedValue(evaluation, SMALL, LARGE).againstDirect().orElseThrow();
      int corrected = table.headers().indexOf("corrected for its size");
      List<String> row =
          table.rows().stream().filter(r -> r.get(0).equals("T3000")).findFirst().orElseThrow();
      assertThat(Double.parseDouble(row.get(corrected))).isLessThan(0.02);
      assertThat(Double.parseDouble(row.get(corrected - 1))).isGreaterThan(0.08);
    }
  }

  @Test
  void withoutDirectRunsOrSmallRunsThereIsNothingToSay() {
    assertThat(new AddedValue(evaluation(false), SMALL, LARGE).againstDirect()).isEmpty();
    try (RunDirectory directory = FakeRun.create(folder.resolve("other"), true)) {
      EvaluateConfig config = new EvaluateConfig(Map.of(), 0.01, List.of());
      FakeRun.evaluate(config).run(FakeRun.context(directory));
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      assertThat(new AddedValue(evaluation, SMALL, LARGE).sentences()).isEmpty();
      assertThat(new AddedValue(evaluation, SMALL, LARGE).againstDirect()).isEmpty();
    }
  }
}
