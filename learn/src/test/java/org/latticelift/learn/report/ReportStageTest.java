package org.latticelift.learn.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Percentage.withPercentage;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latticelift.io.config.Binder;
import org.latticelift.io.config.ConfigNode;
import org.latticelift.io.config.InputFile;
import org.latticelift.io.output.CsvReader;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.Figure.Axis;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.io.run.progress.ProgressFactory;
import org.latticelift.learn.certificate.Bias;
import org.latticelift.learn.certificate.BiasedValue;
import org.latticelift.learn.certificate.CertificateStage;
import org.latticelift.learn.certificate.Check;
import org.latticelift.learn.certificate.FurtherPairs;
import org.latticelift.learn.ensemble.EnsembleConfig;
import org.latticelift.learn.ensemble.EnsembleFile;
import org.latticelift.learn.ensemble.EnsembleStage;
import org.latticelift.learn.ensemble.Planned;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.EvaluateConfig;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationFile;
import org.latticelift.learn.evaluate.EvaluationTables;
import org.latticelift.learn.evaluate.FakeRun;
import org.latticelift.learn.kernel.StepScheme;
import org.latticelift.learn.kernel.Steps;
import org.latticelift.learn.report.Figures.ConditionFigures;
import org.latticelift.learn.report.ReportStage.ReportConfig;
import org.latticelift.sim.schedule.RealTime;
import org.latticelift.sim.schedule.Vacancies;
import org.latticelift.sim.simulate.SnapshotsFile;
import org.latticelift.sim.system.Extent;
import org.latticelift.sim.system.Extent.Role;

@Tag("pipeline")
final class ReportStageTest {
  private static final EvaluateConfig EVALUATE =
      new EvaluateConfig(Map.of("default", 0.06, "T1000", 0.03), 0.01, List.of());

  private static final Question QUESTION =
      new Question(
          "fake",
          "alloy",
          new Extent(Role.SMALL, "8 x 8 x 8 cells", List.of(8, 8, 8), 1024, 1),
          new Extent(Role.LARGE, "16 x 16 x 16 cells", List.of(16, 16, 16), 8192, 8),
          "neighbours of an atom",
          List.of("MoMo counts neighbours."),
          List.of("Times hold for the simulated concentration."));

  private static final CertificateStage CERTIFICATE =
      new CertificateStage(
          EnsembleFile.NAME, new Steps(0.05, StepScheme.EULER), false, FurtherPairs.NONE);

  @TempDir private Path folder;

  @Tag("pipeline")
  @Test
  void writesOneSelfContainedPageAndThePlots() throws Exception {
    Path root = folder(true);
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (RunDirectory directory = FakeRun.create(root, true)) {
      evaluate(directory);
      StatePictureTest.smallRuns(directory.file(SnapshotsFile.NAME));
      ReportStage stage = stage(new ReportConfig(true, false, List.of()), Optional.empty());
      stage.run(FakeRun.context(directory, ProgressFactory.lines(new PrintStream(shown))));
      assertThat(stage.outputs()).allMatch(directory::complete);
      assertThat(ReportStage.lines(directory).get(0)).endsWith("report/index.html");
    }
    String page = Files.readString(root.resolve("report/index.html"));
    assertThat(withoutImages(page))
        .containsSubsequence(
            "What came out",
            "MoMo counts neighbours.",
            "Made with LatticeLift",
            "Start of a small run",
            "How sure it is",
            "more notes",
            "What was asked",
            "16 x 16 x 16 cells (8192 sites)",
            "What may bias it",
            "additivity, kappa: not checked: the pairs have too few joint evolutions",
            "More figures",
            "<table",
            "How it was made",
            "How to repeat it",
            "temperature_K: [1000")
        .contains("T1000: prediction and direct simulation differ by more than allowed (")
        .contains("temperature_K: [1000, 1400, 2000, 3000]")
        .contains("<th scope=\"col\">direct</th><th scope=\"col\" class=\"more\">z</th>")
        .doesNotContain("@import")
        .doesNotContain("NaN");
    assertThat(page.replace("src=\"data:", "").replace("href=\"#part", ""))
        .doesNotContain("src=", "href=");
    assertThat(page.split("data:image/svg", -1)).hasSize(15);
    assertThat(shown.toString(StandardCharsets.UTF_8)).contains("report: 12/12 in ");
    assertThat(Files.readString(root.resolve("report/order-against-time-T2000.svg")))
        .contains("time (\u00b5s)", ">neighbours of an atom<");
    for (String name : new String[] {"order-against-condition", "order-against-time-T2000"}) {
      Path svg = root.resolve("report/" + name + ".svg");
      DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
      BufferedImage image = ImageIO.read(root.resolve("report/" + name + ".png").toFile());
      assertThat(image.getWidth()).isGreaterThanOrEqualTo(2 * 700);
      assertThat(inkOf(image)).isBetween(0.02, 0.5);
    }
  }

  /** Times of the simulation times its vacancies over exp(s - E/kT) of them. */
  @Test
  void timesOfARealCrystalAreThoseOfTheSimulationTimesTheRatioOfVacancies() throws Exception {
    Path root = folder.resolve("annealed");
    RealTime realTime = new RealTime(Vacancies.of(2.8, 1.5), 1 / 1024.0);
    try (RunDirectory directory = FakeRun.create(root, true)) {
      evaluate(directory);
      ReportStage stage = stage(new ReportConfig(false, false, List.of()), Optional.of(realTime));
      stage.run(FakeRun.context(directory));
      assertThat(stage.outputs()).contains("annealing.csv").allMatch(directory::complete);
      List<String> lines = ReportStage.lines(directory);
      assertThat(lines.get(0)).contains("real crystal");
      assertThat(lines).anyMatch(line -> line.startsWith("T2000") && line.contains("MoMo"));
      double ratio = 1 / 1024.0 / Math.exp(1.5 - 2.8 / (8.617333e-5 * 2000));
      var evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      var path = evaluation.conditions().get(2).components().get(3).path();
      Map<String, String> row =
          CsvReader.rows(root.resolve("annealing.csv")).stream()
              .filter(r -> r.get("condition").equals("T2000") && r.get("observable").equals("MoMo"))
              .findFirst()
              .orElseThrow();
      assertThat(Double.parseDouble(row.get("t90_s")))
          .isCloseTo(path.ninety().predicted() * ratio, withPercentage(1e-6));
      assertThat(row.get("t90_half_width_s")).isEmpty(); // one model
      assertThat(Double.parseDouble(row.get("direct_t90_s")))
          .isCloseTo(path.ninety().direct() * ratio, withPercentage(1e-6));
    }
    assertThat(withoutImages(Files.readString(root.resolve("report/index.html"))))
        .containsSubsequence("What came out", "E = 2.80 eV", "Hold", "How sure it is");
    assertThat(Files.readString(root.resolve("report/order-against-time-T2000.svg")))
        .contains(">time in the crystal (");
  }

  /** A run of all conditions beside one of two of them. */
  @Test
  void conditionsOfAnotherRunAreDrawnInTheSameFigure() throws Exception {
    Path other = folder(true);
    Evaluation all;
    try (RunDirectory directory = FakeRun.create(other, true)) {
      evaluate(directory);
      all = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    }
    ConditionCurves whole = new ConditionCurves(all, Optional.empty());
    Evaluation middle = all.of(all.conditions().subList(1, 3));
    ConditionCurves both =
        new ConditionCurves(middle, Optional.empty())
            .with(ConditionCurves.of(RunDirectory.view(other)), other);
    assertThat(both.evaluation().conditions())
        .extracting(ConditionResult::condition)
        .containsExactly("T1000", "T1400", "T2000", "T3000");
    assertThat(figures(both).get(0).svg()).isEqualTo(figures(whole).get(0).svg());
    ConditionCurves last =
        new ConditionCurves(all.of(all.conditions().subList(3, 4)), Optional.empty());
    ConditionCurves first =
        new ConditionCurves(all.of(all.conditions().subList(0, 1)), Optional.empty());
    assertThat(figures(last.with(first, other).with(both, other)).get(0).svg())
        .as("of three runs")
        .isEqualTo(figures(whole).get(0).svg());
    Evaluation otherNames =
        new Evaluation(
            all.parameter(),
            List.of("a"),
            all.conditions(),
            0,
            all.timeUnit(),
            all.resampling(),
            List.of());
    assertThatThrownBy(() -> new ConditionCurves(otherNames, Optional.empty()).with(whole, other))
        .hasMessageContaining("report.beside")
        .hasMessageContaining("[a]");
  }

  /** Intervals of 0.3 and 0.06 at the second condition and observable alone. */
  @Test
  void aBiasIsHeldAgainstTheIntervalOfItsOwnValue() {
    Evaluation all;
    try (RunDirectory directory = FakeRun.create(folder(true), true)) {
      evaluate(directory);
      all = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    }
    ConditionResult second = all.conditions().get(1);
    List<ComponentResult> components = new ArrayList<>(second.components());
    ComponentResult old = components.get(1);
    components.set(
        1,
        new ComponentResult(
            old.observable(),
            new ComponentResult.Predicted(0, width(0.3), 1, width(0.06)),
            old.small(),
            old.direct(),
            old.comparison(),
            old.relaxation(),
            old.path(),
            old.settled(),
            old.corrected(),
            old.training()));
    List<ConditionResult> conditions = new ArrayList<>(all.conditions());
    conditions.set(
        1,
        new ConditionResult(
            second.condition(),
            second.value(),
            components,
            second.sumRules(),
            second.physicalError(),
            second.latentError(),
            second.distance(),
            second.calibration(),
            second.amount()));
    Evaluation evaluation = all.of(conditions);
    String condition = second.condition();
    String name = old.observable();
    assertThat(halfWidth(evaluation, condition, name, BiasedValue.LATE_MEAN)).isEqualTo(0.3);
    assertThat(halfWidth(evaluation, condition, name, BiasedValue.LATE_DEVIATION)).isEqualTo(0.06);
    assertThat(halfWidth(evaluation, condition, name, BiasedValue.LATE_MAGNITUDE)).isNaN();
    assertThat(halfWidth(evaluation, "T1000", name, BiasedValue.LATE_MEAN)).isNaN();
    assertThat(halfWidth(evaluation, condition, "NbNb", BiasedValue.LATE_MEAN)).isNaN();
  }

  private static Uncertainty width(double half) {
    return new Uncertainty(half / 2, half, 0, 0, 0);
  }

  private static double halfWidth(
      Evaluation evaluation, String condition, String observable, BiasedValue quantity) {
    return ReportPage.halfWidth(
        evaluation, new Bias(Check.FIT, condition, observable, quantity, 0, 1, 1));
  }

  @Test
  void runsThatAreNotThereAreMissedBeforeAnythingRuns() {
    InputFile none = InputFile.of(folder.resolve("none"));
    ReportConfig config = new ReportConfig(false, false, List.of(none));
    assertThatThrownBy(
            () -> new ReportStage(config, () -> QUESTION, Optional.empty(), CERTIFICATE).check())
        .hasMessageContaining("no run in this folder")
        .hasMessageContaining("none");
  }

  @Tag("pipeline")
  @Test
  void worksWithoutDirectRuns() throws IOException {
    Path root = folder(false);
    try (RunDirectory directory = FakeRun.create(root, false)) {
      evaluate(directory);
      stage(new ReportConfig(false, false, List.of()), Optional.empty())
          .run(FakeRun.context(directory));
    }
    assertThat(Files.readString(root.resolve("report/index.html")))
        .contains("No direct simulation of the large system")
        .doesNotContain("open circles");
    try (var files = Files.list(root.resolve("report"))) {
      assertThat(files).noneMatch(file -> file.toString().endsWith(".png"));
    }
  }

  @Test
  void reportsWhatTheEnsembleStageWrites() {
    try (RunDirectory directory = FakeRun.create(folder.resolve("run"), true)) {
      directory.delete("ensemble.h5");
      EnsembleConfig ensemble =
          Binder.bind(
              ConfigNode.parse(
                  "{trajectories: 5, horizon: {relaxations: 2}, step: 0.05, records: 21,"
                      + " keep_trajectories: true, allow_extrapolation: true,"
                      + " conditions: {temperature_K: [900, 2000]}}",
                  "test.yaml"),
              EnsembleConfig.class);
      new EnsembleStage(ensemble, new Planned(2, 2, 1)).run(FakeRun.context(directory));
      FakeRun.evaluate(new EvaluateConfig(Map.of(), 0.01, List.of()))
          .run(FakeRun.context(directory));
      stage(new ReportConfig(false, false, List.of()), Optional.empty())
          .run(FakeRun.context(directory));
      Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
      ConditionResult cold = evaluation.conditions().get(0);
      ConditionResult hot = evaluation.conditions().get(1);
      assertThat(cold.amount().extrapolated()).isTrue();
      assertThat(cold.amount().directRuns()).isZero();
      assertThat(cold.calibration().pairs()).isZero();
      assertThat(hot.amount().extrapolated()).isFalse();
      assertThat(hot.amount().directRuns()).isEqualTo(3);
      assertThat(hot.distance().mean().biased()).isPositive();
      assertThat(hot.sumRules().predicted()).isLessThan(1e-7); // trajectories are floats
      assertThat(EvaluationTables.lines(directory, true))
          .anyMatch(line -> line.contains("T900 lies outside the trained range"));
    }
  }

  private static List<Figure> figures(ConditionCurves curves) {
    return new ConditionFigures(curves, Axis.linear("observable")).all();
  }

  /** A property keeps the files where a person can look at them. */
  private Path folder(boolean direct) {
    String keep = System.getProperty("latticelift.keepReport");
    return keep == null ? folder.resolve("run") : Path.of(keep, direct ? "direct" : "alone");
  }

  private static void evaluate(RunDirectory directory) {
    FakeRun.evaluate(EVALUATE).run(FakeRun.context(directory));
  }

  private static ReportStage stage(ReportConfig config, Optional<RealTime> realTime) {
    return new ReportStage(config, () -> QUESTION, realTime, CERTIFICATE);
  }

  /** Megabytes of images make the search for a subsequence take a quarter of a minute. */
  private static String withoutImages(String page) {
    return page.replaceAll("data:[^\"]*", "data:");
  }

  private static double inkOf(BufferedImage image) {
    long ink = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        ink += (image.getRGB(x, y) & 0xffffff) != 0xffffff ? 1 : 0;
      }
    }
    return ink / (double) (image.getWidth() * image.getHeight());
  }
}
