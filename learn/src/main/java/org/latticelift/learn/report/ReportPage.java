package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latticelift.io.html.HtmlPage;
import org.latticelift.io.plot.Figure;
import org.latticelift.io.run.stage.WallTimes;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationTables;
import org.latticelift.learn.evaluate.Limits;
import org.latticelift.learn.evaluate.ResultTable;
import org.latticelift.learn.evaluate.Verdict;

/** Puts the page together. */
final class ReportPage {
  private ReportPage() {}

  /**
   * The page.
   *
   * @param data everything
   * @param plots figure and SVG text, in order
   * @param remarks further limits, such as files that could not be written
   * @param caveats what holds for the system whatever was found
   */
  static String of(
      ReportData data, Map<Figure, String> plots, List<String> remarks, List<String> caveats) {
    Evaluation evaluation = data.evaluation();
    List<String> limits = new ArrayList<>(Limits.of(evaluation));
    limits.addAll(idlePairs(data.pairs()));
    limits.addAll(remarks);
    HtmlPage page = new HtmlPage("LatticeLift report");
    page.paragraph(summary(evaluation));
    page.heading("Limits of these numbers");
    if (limits.isEmpty()) {
      page.paragraph("All checks were made, and none found a reason for doubt.");
    } else {
      limits.forEach(page::paragraph);
    }
    caveats.forEach(page::paragraph);
    page.heading("Prediction and direct simulation");
    page.paragraph(
        "Late means with 95 % intervals; the difference also in combined standard errors. The"
            + " allowed difference is the combined interval of prediction and direct runs, and a"
            + " tolerance on top where one is configured.");
    table(page, "Late means", EvaluationTables.components(evaluation));
    EvaluationTables.key(evaluation).forEach(page::paragraph);
    table(page, "Checks by condition", EvaluationTables.conditions(evaluation));
    if (evaluation.hasDirect()) {
      table(page, "Whole trajectories", EvaluationTables.trajectories(evaluation));
    }
    page.heading("Plots");
    plots.forEach((figure, svg) -> page.svg(svg, figure.caption()));
    page.heading("Dynamics and fluctuations");
    page.paragraph(
        "Relaxation: time after which 1 - 1/e of the way to the late mean is made; given only where"
            + " the way is clear of the noise. Drift: second minus first half of the late part.");
    table(page, "Relaxation and fluctuations", EvaluationTables.dynamics(evaluation));
    if (!data.pairs().isEmpty()) {
      page.heading("Training pairs");
      table(page, "Training pairs", pairs(data.pairs(), evaluation.timeUnit()));
      PairUse use = new PairUse(data.model());
      page.paragraph(use.sentence());
      use.varianceLeft(data.pairs()).ifPresent(t -> table(page, "Variance left", t));
    }
    origin(page, data.origin());
    return page.html();
  }

  private static String summary(Evaluation evaluation) {
    Map<Verdict, Long> verdicts =
        evaluation.conditions().stream()
            .flatMap(c -> c.components().stream())
            .collect(Collectors.groupingBy(ComponentResult::verdict, Collectors.counting()));
    int all = evaluation.conditions().size() * evaluation.observables().size();
    if (!evaluation.hasDirect()) {
      return all + " late means were predicted; there is no direct simulation to compare with.";
    }
    List<String> parts = new ArrayList<>();
    part(parts, verdicts, Verdict.OK, "differ from direct simulation by no more than allowed");
    part(parts, verdicts, Verdict.OVER, "differ from direct simulation by more than allowed");
    part(parts, verdicts, Verdict.NONE, "were not compared with direct simulation");
    double time = evaluation.conditions().stream().mapToDouble(ConditionResult::directTime).sum();
    return String.format(
        Locale.ROOT,
        "%d late means were predicted; %s. The direct runs cover %.3g%s of physical time together.",
        all,
        String.join(", ", parts),
        time,
        evaluation.timeUnit().equals("1") ? "" : " " + evaluation.timeUnit());
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
                    "%s: %.0f %% of the training pairs hold no event, which biases the learned"
                        + " covariance.",
                    p.condition(),
                    100 * p.idle()))
        .toList();
  }

  private static ResultTable pairs(List<PairStatistics> pairs, String timeUnit) {
    String unit = timeUnit.equals("1") ? "" : " (" + timeUnit + ")";
    ResultTable table =
        new ResultTable(
            "condition",
            "pairs",
            "mean duration" + unit,
            "5 %" + unit,
            "95 %" + unit,
            "mean events",
            "idle");
    for (PairStatistics p : pairs) {
      table.row(
          p.condition(),
          Integer.toString(p.pairs()),
          number("%.3e", p.meanDuration()),
          number("%.3e", p.lowDuration()),
          number("%.3e", p.highDuration()),
          number("%.1f", p.meanEvents()),
          number("%.1f %%", 100 * p.idle()));
    }
    return table;
  }

  private static void origin(HtmlPage page, Origin origin) {
    page.heading("Time per stage");
    page.paragraph(
        "Wall time; where a stage was stopped and continued, that of all its sessions. A session"
            + " that was killed is not counted.");
    ResultTable times = new ResultTable("stage", "results", "finished", "seconds", "sessions");
    for (WallTimes.StageTime time : origin.times()) {
      times.row(
          time.stage(),
          String.join(", ", time.outputs()),
          time.end().toString(),
          number("%.1f", time.seconds()),
          Integer.toString(time.sessions()));
    }
    table(page, "Time per stage", times);
    page.heading("Provenance");
    ResultTable facts = new ResultTable("name", "value");
    origin.facts().forEach(facts::row);
    table(page, "Provenance of the evaluation", facts);
    page.heading("Configuration");
    page.preformatted(origin.configuration());
  }

  private static void table(HtmlPage page, String caption, ResultTable table) {
    page.table(caption, table.headers(), table.rows());
  }

  private static String number(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
