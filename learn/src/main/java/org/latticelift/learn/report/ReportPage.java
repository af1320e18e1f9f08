package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latticelift.io.output.Figure;
import org.latticelift.io.output.HtmlPage;
import org.latticelift.io.output.Picture;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.learn.certificate.BaselineFile.Baseline;
import org.latticelift.learn.certificate.BaselineFile.Baseline.BaselineValue;
import org.latticelift.learn.certificate.Bias;
import org.latticelift.learn.certificate.BiasedValue;
import org.latticelift.learn.certificate.Certificate;
import org.latticelift.learn.certificate.CertificateFile;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationTables;
import org.latticelift.learn.judgement.Size;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.PairDiagnostics;

/**
 * Puts the page together: what was asked, what came out and how sure it is; figures; tables; how it
 * was made and can be made again.
 */
final class ReportPage {
  private static final String FIRST = "first";
  private static final String MORE = "more";
  private static final String TRAINING = "training";
  private static final Set<String> OF_TRAINING =
      Set.of("loss", "learning-rate", "pair-duration", "pair-events");

  private final Question question;
  private final Optional<Annealing> annealing;
  private final ReportData data;
  private final Evaluation evaluation;
  private final Certificate certificate;
  private final Map<Figure, String> plots;
  private final List<String> remarks;
  private final HtmlPage page;

  /**
   * A page.
   *
   * @param annealing times of a real crystal, where they were asked for
   * @param plots figure and SVG text, in order, the most important first
   * @param remarks further limits, such as files that could not be written
   */
  ReportPage(
      Question question,
      ReportData data,
      Optional<Annealing> annealing,
      Map<Figure, String> plots,
      List<String> remarks) {
    this.annealing = annealing;
    this.question = question;
    this.data = data;
    this.evaluation = data.evaluation();
    this.certificate = data.certificate().of(evaluation.observables());
    this.plots = plots;
    this.remarks = remarks;
    this.page = new HtmlPage("LatticeLift: " + question.name());
  }

  String html() {
    AddedValue added = new AddedValue(evaluation, question.small(), question.large());
    page.heading("What came out");
    page.paragraph(EvaluationTables.agreement(evaluation));
    means(EvaluationTables.main(evaluation));
    question.explanation().forEach(page::paragraph);
    data.origin().sentence().ifPresent(page::paragraph);
    data.states()
        .ifPresent(
            states -> {
              page.paragraph(states.sentence());
              page.row(states.pictures());
            });
    annealing.ifPresent(this::hold);
    Map<String, List<Picture>> pictures = pictures();
    page.pictures(pictures.get(FIRST));
    page.paragraph(summary(evaluation));
    sure();
    page.heading("What was asked");
    page.paragraph(question.sentence(evaluation));
    page.heading("What it adds and costs");
    added.sentences().forEach(page::paragraph);
    Map<String, Double> times = data.origin().seconds();
    added.cheapest(times).ifPresent(page::paragraph);
    added.questions(times).ifPresent(page::paragraph);
    added.smallestSize(times).ifPresent(page::paragraph);
    added.costs(times).ifPresent(costs -> table("What else would answer it", costs));
    biases();
    page.heading("More figures");
    page.pictures(pictures.get(MORE));
    page.folded("Figures of the training", () -> page.pictures(pictures.get(TRAINING)));
    tables(added);
    made(data.origin());
    again(data.origin());
    return page.html();
  }

  /** The most important ones, others, and those of the machine room. */
  private Map<String, List<Picture>> pictures() {
    Map<String, List<Picture>> pictures =
        Map.of(FIRST, new ArrayList<>(), MORE, new ArrayList<>(), TRAINING, new ArrayList<>());
    for (Map.Entry<Figure, String> plot : plots.entrySet()) {
      String group =
          OF_TRAINING.contains(plot.getKey().name())
              ? TRAINING
              : opens(plot.getKey().name()) ? FIRST : MORE;
      pictures.get(group).add(new Picture(plot.getValue(), plot.getKey().caption()));
    }
    return pictures;
  }

  /** Times of the crystal, the path at the first condition, and the equilibrium. */
  private boolean opens(String figure) {
    return figure.equals("annealing")
        || figure.equals("order-against-condition")
        || figure.equals("order-against-time-" + evaluation.conditions().get(0).condition());
  }

  private void hold(Annealing times) {
    page.paragraph(
        "How long the crystal must be held until 50 and 90 % of the change from a random alloy are"
            + " made. "
            + times.crystal());
    table("Hold", times.table());
  }

  private void sure() {
    List<String> limits = new ArrayList<>(evaluation.notes());
    limits.addAll(idlePairs(data.pairs()));
    limits.addAll(remarks);
    page.heading("How sure it is");
    if (limits.isEmpty()) {
      page.paragraph("All checks were made, and none found a reason for doubt.");
    } else {
      page.list(limits.subList(0, Math.min(EvaluationTables.GRAVEST, limits.size())));
      List<String> more =
          limits.subList(Math.min(EvaluationTables.GRAVEST, limits.size()), limits.size());
      if (!more.isEmpty()) {
        page.folded(
            more.size() + (more.size() == 1 ? " more note" : " more notes"), () -> page.list(more));
      }
    }
    question.caveats().forEach(page::paragraph);
  }

  /** The certificate (EX-33). */
  private void biases() {
    page.heading("What may bias it");
    page.paragraph(
        "A bias is shared by all models, so no interval holds it. Each is the"
            + " difference of two predictions with the same noise, as learned and corrected"
            + " by what other evolutions of large states show, with its standard error; not"
            + " significant is what stays below two of them.");
    page.list(certificate.sentences(this::halfWidth));
    if (certificate.biases().size() < data.certificate().biases().size()) {
      page.paragraph("Biases of further observables: --details, " + CertificateFile.NAME + ".");
    }
    if (certificate.biases().stream().anyMatch(bias -> !Double.isNaN(halfWidth(bias)))) {
      page.paragraph(
          "A bias is small against the interval where it stays, with two of its standard errors,"
              + " below a third of half of the 95 % interval: shifted so far, the interval still"
              + " holds the truth in 90 % of all cases. It is not resolved where its standard error"
              + " is too large to tell.");
    }
  }

  /** Half of the 95 % interval of a value that may be biased; NaN where there is none. */
  private double halfWidth(Bias bias) {
    return halfWidth(evaluation, bias);
  }

  static double halfWidth(Evaluation evaluation, Bias bias) {
    return evaluation.conditions().stream()
        .filter(condition -> condition.condition().equals(bias.condition()))
        .flatMap(condition -> condition.components().stream())
        .filter(component -> component.observable().equals(bias.observable()))
        .map(ComponentResult::predicted)
        .mapToDouble(
            predicted ->
                switch (bias.quantity()) {
                  case LATE_MEAN -> predicted.uncertainty().halfWidth();
                  case LATE_DEVIATION -> predicted.deviationUncertainty().halfWidth();
                  case LATE_MAGNITUDE -> Double.NaN;
                })
        .findFirst()
        .orElse(Double.NaN);
  }

  private void tables(AddedValue added) {
    page.heading("Tables");
    page.paragraph(
        "Equilibrium means with 95 % intervals, predicted, of the small-system runs,"
            + " and direct; the difference of prediction and direct simulation also in"
            + " combined standard errors. The allowed difference is the combined interval of"
            + " prediction and direct runs, and a tolerance on top where one is configured.");
    means(EvaluationTables.components(evaluation));
    EvaluationTables.key(evaluation).forEach(page::paragraph);
    data.curves()
        .after()
        .ifPresent(
            after -> {
              page.paragraph(
                  "After numbers of events: predicted and direct means at the time in which the"
                      + " small system makes so many events per patch on average"
                      + " (after-events.csv).");
              table("Largest observable", after.largest(data.curves().evaluation()));
            });
    added
        .againstDirect()
        .ifPresent(
            t -> table("Differences to direct simulation, root mean square over observables", t));
    baselines();
    table("Checks by condition", EvaluationTables.conditions(evaluation));
    if (evaluation.hasDirect()) {
      table("Whole trajectories", EvaluationTables.trajectories(evaluation));
    }
    page.paragraph(
        "Relaxation: time after which 1 - 1/e of the path to the equilibrium mean is"
            + " covered, t50 and t90 half and 90 % of it; given only where the path is clear"
            + " of the noise. Drift: second minus first half after equilibration.");
    table("Relaxation and fluctuations", EvaluationTables.dynamics(evaluation));
    page.paragraph(
        "Path to equilibrium: times after which half, three quarters and 90 % of the"
            + " change of the direct runs is reached, and the root mean square distance of"
            + " the means until twice the last of them; the floor is what finite numbers of"
            + " runs make of it. The worst of equilibrium mean and path is the verdict above.");
    table("Path to equilibrium", EvaluationTables.path(evaluation));
    if (!data.pairs().isEmpty()) {
      table("Training samples", pairs(data.pairs(), evaluation.timeUnit()));
      PairUse use = new PairUse(data.model());
      page.paragraph(use.sentence());
      use.noiseLeft(data.pairs()).ifPresent(t -> table("Noise left", t));
    }
    if (!certificate.biases().isEmpty()) {
      table("Biases that checks show", biasTable());
    }
  }

  private void baselines() {
    if (data.baselines().isEmpty()) {
      page.paragraph(
          "'latticelift diagnose RUN --baselines' compares this with other estimators from the same"
              + " pairs.");
    } else {
      page.paragraph(
          "Other estimators from the same small runs and pairs: root mean square"
              + " differences to direct simulation over the observables, and equilibrium means.");
      table("Other estimators", new BaselineTable(data.baselines()).table());
    }
  }

  private ResultTable biasTable() {
    return ResultTable.of(certificate.biases())
        .text("check", bias -> bias.check().key())
        .text("condition", Bias::condition)
        .text("observable", Bias::observable)
        .text("equilibrium", bias -> bias.quantity().words().replace("equilibrium ", ""))
        .number("predicted", "%.4f", Bias::predicted)
        .number("bias", "%+.4f", Bias::bias)
        .number("error", "%.4f", Bias::error)
        .text("", bias -> bias.silent() ? "not significant" : "significant")
        .text("size", bias -> Size.of(bias.comparison(), halfWidth(bias)).words())
        .table();
  }

  private static String summary(Evaluation evaluation) {
    Map<Verdict, Long> verdicts =
        evaluation.conditions().stream()
            .flatMap(c -> c.components().stream())
            .collect(Collectors.groupingBy(ComponentResult::verdict, Collectors.counting()));
    int all = evaluation.conditions().size() * evaluation.observables().size();
    if (!evaluation.hasDirect()) {
      return all
          + " equilibrium means were predicted; there is no direct simulation to compare with.";
    }
    List<String> parts = new ArrayList<>();
    part(parts, verdicts, Verdict.OK, "differ from direct simulation by no more than allowed");
    part(parts, verdicts, Verdict.OVER, "differ from direct simulation by more than allowed");
    part(parts, verdicts, Verdict.WIDE, "have intervals that are too wide to say");
    part(parts, verdicts, Verdict.NONE, "were not compared with direct simulation");
    return String.format(
        Locale.ROOT,
        "%d equilibrium means were predicted; %s. The largest difference is %s.",
        all,
        String.join(", ", parts),
        largest(evaluation));
  }

  private static String largest(Evaluation evaluation) {
    String text = "unknown";
    double largest = -1;
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        if (Math.abs(c.comparison().difference()) > largest) {
          largest = Math.abs(c.comparison().difference());
          text =
              String.format(
                  Locale.ROOT,
                  "%.3g, of %s at %s: %.4f predicted, %.4f direct",
                  c.comparison().difference(),
                  c.observable(),
                  condition.condition(),
                  c.predicted().mean(),
                  c.direct().mean());
        }
      }
    }
    return text;
  }

  private static void part(
      List<String> parts, Map<Verdict, Long> verdicts, Verdict verdict, String text) {
    long count = verdicts.getOrDefault(verdict, 0L);
    if (count > 0) {
      parts.add(count + " " + text);
    }
  }

  private static List<String> idlePairs(List<PairStatistics> pairs) {
    return pairs.stream()
        .filter(p -> p.idle() > 0.3)
        .map(
            p ->
                String.format(
                    Locale.ROOT,
                    "%s: %.0f %% of the training samples hold no event, which biases the learned"
                        + " covariance.",
                    p.condition(),
                    100 * p.idle()))
        .toList();
  }

  private static ResultTable pairs(List<PairStatistics> pairs, String timeUnit) {
    String unit = timeUnit.equals("1") ? "" : " (" + timeUnit + ")";
    return ResultTable.of(pairs)
        .text("condition", PairStatistics::condition)
        .text("pairs", p -> Integer.toString(p.pairs()))
        .number("mean duration" + unit, "%.3e", PairStatistics::meanDuration)
        .number("5 %" + unit, "%.3e", PairStatistics::lowDuration)
        .number("95 %" + unit, "%.3e", PairStatistics::highDuration)
        .number("mean events", "%.1f", PairStatistics::meanEvents)
        .number("idle", "%.1f %%", p -> 100 * p.idle())
        .table();
  }

  private void made(Origin origin) {
    page.heading("How it was made");
    ResultTable times =
        ResultTable.of(origin.times())
            .text("stage", WallTimes.StageTime::stage)
            .text("results", time -> String.join(", ", time.outputs()))
            .text("finished", time -> time.end().toString())
            .number("seconds", "%.1f", WallTimes.StageTime::seconds)
            .text("sessions", time -> Integer.toString(time.sessions()))
            .table();
    if (!times.rows().isEmpty()) {
      page.paragraph(
          "Wall time; where a stage was stopped and continued, that of all its sessions. A session"
              + " that was killed is not counted.");
      table("Time per stage", times);
    }
    ResultTable facts = new ResultTable("name", "value");
    origin.facts().forEach(facts::row);
    table("Provenance of the evaluation", facts);
  }

  private void again(Origin origin) {
    page.heading("How to repeat it");
    page.paragraph(
        "The configuration with all defaults is below; relative paths in it start from the folder"
            + " of the configuration that was run. The same version gives the same numbers, bit for"
            + " bit, on any number of ranks and threads:");
    String name = question.name();
    page.preformatted(
        "./latticelift run "
            + name
            + ".yaml --out runs/"
            + name
            + "-again\n"
            + "./latticelift run "
            + name
            + ".yaml --out runs/"
            + name
            + "-seed-2 --seed 2   # another"
            + " sample\n");
    page.preformatted(origin.configuration());
  }

  private void means(ResultTable table) {
    page.table(
        "Equilibrium means", table.headers(), table.rows(), EvaluationTables.NARROW::contains);
  }

  private void table(String caption, ResultTable table) {
    page.table(caption, table.headers(), table.rows());
  }

  /** Other estimators beside that of the run (EX-34). {@code values}: of all of them. */
  record BaselineTable(List<BaselineValue> values) {
    /** Root mean square differences to direct runs over the observables, by condition. */
    ResultTable table() {
      ResultTable table =
          new ResultTable(
              "condition", "estimator", "equilibrium means", "equilibrium deviations", "values");
      Set<String> conditions = new LinkedHashSet<>();
      values.forEach(value -> conditions.add(value.condition()));
      for (String condition : conditions) {
        for (Baseline baseline : Baseline.values()) {
          List<BaselineValue> own =
              values.stream()
                  .filter(v -> v.baseline() == baseline && v.condition().equals(condition))
                  .toList();
          if (!own.isEmpty()) {
            table.row(
                condition,
                baseline.meaning(),
                difference(own, BiasedValue.LATE_MEAN),
                difference(own, BiasedValue.LATE_DEVIATION),
                means(own));
          }
        }
      }
      return table;
    }

    private static String difference(List<BaselineValue> own, BiasedValue quantity) {
      double square =
          own.stream()
              .filter(v -> v.quantity() == quantity)
              .mapToDouble(v -> v.value() - v.direct())
              .map(x -> x * x)
              .average()
              .orElse(Double.NaN);
      return ResultTable.number("%.4f", Math.sqrt(square));
    }

    private static String means(List<BaselineValue> own) {
      return String.join(
          ", ",
          own.stream()
              .filter(v -> v.quantity() == BiasedValue.LATE_MEAN)
              .map(v -> String.format(Locale.ROOT, "%s %.4f", v.observable(), v.value()))
              .toList());
    }
  }

  /**
   * How a training used its pairs: patches, kappa, and what the control variates were worth ({@code
   * model}: what was trained).
   */
  record PairUse(SdeModel model) {
    String sentence() {
      PairDiagnostics found = model.diagnostics();
      String patches =
          found.patches() == 1
              ? "An increment is that of one patch."
              : "An increment is the mean over " + found.patches() + " patches of a state.";
      boolean measured = found.kappaError().length > 0;
      return patches
          + " Kappa of one patch"
          + (measured ? ", measured with joint evolutions: " : ": ")
          + String.join(", ", kappas())
          + ".";
    }

    private List<String> kappas() {
      double[] kappa = model.factors().kappa();
      double[] error = model.diagnostics().kappaError();
      long patches = model.diagnostics().patches();
      if (error.length == 0 && model.factors().uniform()) {
        return List.of(String.format(Locale.ROOT, "%.4g", kappa[0] * patches));
      }
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < kappa.length; i++) {
        String text = String.format(Locale.ROOT, "%s %.3g", variable(i), kappa[i] * patches);
        texts.add(
            error.length == 0
                ? text
                : text + String.format(Locale.ROOT, " \u00b1 %.2g", error[i] * patches));
      }
      return texts;
    }

    private String variable(int i) {
      return model.map().observables().get(model.map().independent()[i]);
    }

    /**
     * The share of the noise of the increments that the control variates leave for the drift
     * (EX-05) ({@code pairs}: of the conditions, by increasing parameter as the model has them);
     * empty without variates.
     */
    Optional<ResultTable> noiseLeft(List<PairStatistics> pairs) {
      double[][] left = model.diagnostics().noiseLeft();
      if (left.length == 0) {
        return Optional.empty();
      }
      List<String> header = new ArrayList<>(List.of("noise left of increments"));
      for (int i = 0; i < left[0].length; i++) {
        header.add(variable(i));
      }
      ResultTable table = new ResultTable(header.toArray(new String[0]));
      for (int c = 0; c < left.length; c++) {
        List<String> row = new ArrayList<>(List.of(condition(pairs, c)));
        for (double share : left[c]) {
          row.add(String.format(Locale.ROOT, "%.3f", share));
        }
        table.row(row.toArray(new String[0]));
      }
      return Optional.of(table);
    }

    private String condition(List<PairStatistics> pairs, int c) {
      double value = model.scaling().condition()[c];
      return pairs.stream()
          .filter(p -> p.value() == value)
          .map(PairStatistics::condition)
          .findFirst()
          .orElse("" + value);
    }
  }
}
