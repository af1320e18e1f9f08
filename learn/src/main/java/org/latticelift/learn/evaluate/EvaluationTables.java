package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.latticelift.io.output.ResultTable;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.evaluate.ComponentResult.Settled;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.judgement.Verdict;

/**
 * The numbers of an evaluation as tables for the terminal and the report. Columns in which nothing
 * is known, such as those of direct runs that were not made, are left out.
 */
public final class EvaluationTables {
  private static final double CHANCE = 0.05;

  private static final String SMALL = "%.3g";

  /** Notes on a first screen. */
  public static final int GRAVEST = 3;

  /** Columns of the tables of equilibrium means that a narrow window shows, too. */
  public static final Set<String> NARROW =
      Set.of("condition", "observable", "predicted", "direct", "verdict");

  private EvaluationTables() {}

  /** What a terminal shows after the stage ({@code details}: whether all tables and notes). */
  public static List<String> lines(RunDirectory directory, boolean details) {
    Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    List<String> lines = lines(evaluation, details);
    AfterEvents.read(directory, evaluation)
        .ifPresent(
            after -> {
              lines.add("");
              lines.addAll(after.largest(evaluation).lines());
            });
    return lines;
  }

  static List<String> lines(Evaluation evaluation, boolean details) {
    return details ? everything(evaluation) : summary(evaluation);
  }

  /** One sentence, the observables that are looked at first, and the gravest notes. */
  private static List<String> summary(Evaluation all) {
    Evaluation evaluation = all.main();
    List<String> lines = new ArrayList<>();
    lines.add(agreement(evaluation));
    lines.add("");
    lines.addAll(main(evaluation).lines());
    further(all, evaluation).ifPresent(lines::add);
    if (!all.resampling().resampled()) {
      lines.add(all.resampling().sentence());
    }
    List<String> notes = evaluation.notes();
    notes.stream().limit(GRAVEST).forEach(note -> lines.add("warning: " + note));
    if (notes.size() > GRAVEST) {
      lines.add(notes.size() - GRAVEST + " more notes, and all tables: --details");
    }
    lines.add("");
    return lines;
  }

  /** Equilibrium means of the observables that are looked at first, with 95 % intervals. */
  public static ResultTable main(Evaluation evaluation) {
    return rows(evaluation.main())
        .text("predicted", row -> row.of().predicted().estimate().text())
        .text("direct", row -> row.of().direct().estimate().text())
        .number("z", "%.1f", row -> row.of().comparison().z())
        .text("verdict", row -> row.of().word())
        .table()
        .known();
  }

  /** How many predictions agree with direct simulation, and where to look. */
  public static String agreement(Evaluation all) {
    List<ComponentResult> components =
        all.conditions().stream().flatMap(condition -> condition.components().stream()).toList();
    long compared = components.stream().filter(c -> c.verdict() != Verdict.NONE).count();
    long agree = components.stream().filter(c -> c.verdict() == Verdict.OK).count();
    String further =
        share(components, ComponentResult::pathVerdict, ", %d of %d paths to them")
            + share(components, ComponentResult::deviationVerdict, ", %d of %d deviations there");
    if (compared == 0) {
      return components.size()
          + " equilibrium means were predicted; none was compared with direct simulation.";
    }
    return String.format(
        Locale.ROOT,
        "%d of %d predicted equilibrium means agree with direct simulation%s (within %s; by chance"
            + " about %.1f would not).%s",
        agree,
        compared,
        further,
        compared(all) > 0 ? "95 % intervals" : "the tolerance",
        CHANCE * compared,
        look(all));
  }

  /** How many of what was compared agree; nothing where nothing was. */
  private static String share(
      List<ComponentResult> components, Function<ComponentResult, Verdict> of, String text) {
    List<Verdict> made =
        components.stream().map(of).filter(verdict -> verdict != Verdict.NONE).toList();
    long right = made.stream().filter(verdict -> verdict == Verdict.OK).count();
    return made.isEmpty() ? "" : String.format(Locale.ROOT, text, right, made.size());
  }

  /** What does not agree: means before paths, the largest z first; empty where all does. */
  private static String look(Evaluation all) {
    List<String> off =
        all.conditions().stream()
            .flatMap(c -> c.components().stream().map(of -> new Row(c.condition(), of)))
            .filter(row -> row.of().word().startsWith("over"))
            .sorted(
                Comparator.<Row>comparingInt(row -> row.of().verdict() == Verdict.OVER ? 0 : 1)
                    .thenComparingDouble(row -> -Math.abs(row.of().comparison().z())))
            .map(row -> row.of().observable() + " at " + row.condition())
            .toList();
    String more = off.size() > GRAVEST ? " and " + (off.size() - GRAVEST) + " more" : "";
    return off.isEmpty()
        ? ""
        : " Look at " + off.stream().limit(GRAVEST).collect(Collectors.joining(", ")) + more + ".";
  }

  private static List<String> everything(Evaluation evaluation) {
    List<String> lines = new ArrayList<>(components(evaluation).lines());
    lines.addAll(key(evaluation));
    lines.add("");
    lines.addAll(conditions(evaluation).lines());
    if (evaluation.hasDirect()) {
      lines.add("");
      lines.addAll(trajectories(evaluation).lines());
      lines.add("");
      lines.addAll(path(evaluation).lines());
    }
    if (!evaluation.notes().isEmpty()) {
      lines.add("");
      evaluation.notes().forEach(note -> lines.add("note: " + note));
    }
    return lines;
  }

  /** What is not shown; a sentence; empty where all are shown. */
  public static Optional<String> further(Evaluation all, Evaluation shown) {
    int first = shown.observables().size();
    int hidden = all.observables().size() - first;
    if (hidden == 0) {
      return Optional.empty();
    }
    List<ComponentResult> more =
        all.conditions().stream()
            .flatMap(condition -> condition.components().stream().skip(first))
            .toList();
    long compared = more.stream().filter(c -> c.verdict() != Verdict.NONE).count();
    long over = more.stream().filter(c -> c.word().startsWith("over")).count();
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d further observables of each condition (%s to %s)%s: --details, %s",
            hidden,
            all.observables().get(first),
            all.observables().get(all.observables().size() - 1),
            compared == 0
                ? ""
                : String.format(Locale.ROOT, ", %d of %d ok", compared - over, compared),
            EvaluationFile.TABLE));
  }

  private record Row(String condition, ComponentResult of) {}

  private static ResultTable.Columns<Row> rows(Evaluation evaluation) {
    List<Row> rows = new ArrayList<>();
    for (ConditionResult condition : evaluation.conditions()) {
      condition.components().forEach(c -> rows.add(new Row(condition.condition(), c)));
    }
    return ResultTable.of(rows)
        .text("condition", Row::condition)
        .text("observable", row -> row.of().observable());
  }

  /**
   * Late means, one row per condition and observable, with 95 % intervals and what those of the
   * prediction come from; the tolerance where one is configured.
   */
  public static ResultTable components(Evaluation evaluation) {
    return ComponentResult.LAYOUT
        .show(rows(evaluation), Row::of)
        .text("verdict", row -> row.of().word())
        .table()
        .known();
  }

  /** What the columns of {@link #components} mean. */
  public static List<String> key(Evaluation evaluation) {
    List<String> lines = new ArrayList<>(List.of(evaluation.resampling().sentence()));
    if (evaluation.resampling().resampled()) {
      lines.add(
          "+- 95 %: t(0.975, R - 1) sqrt(s^2 (1 + W) + mc^2), s the deviation of a model, R the"
              + " halves, W the sum of the squares of their shares of the models; mc: finite"
              + " ensemble; model: training; data: small runs and pairs.");
    }
    long compared = compared(evaluation);
    if (compared > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "allowed: combined 95 %% interval of prediction and direct runs; of %d comparisons"
                  + " about %.1f are over by chance.",
              compared,
              CHANCE * compared));
    }
    return lines;
  }

  /** Differences that were held against intervals alone. */
  private static long compared(Evaluation evaluation) {
    return evaluation.conditions().stream()
        .flatMap(condition -> condition.components().stream())
        .filter(c -> c.verdict() != Verdict.NONE && Double.isNaN(c.comparison().tolerance()))
        .count();
  }

  /** What holds for a whole condition, one row each. */
  public static ResultTable conditions(Evaluation evaluation) {
    return ResultTable.of(evaluation.conditions())
        .text("condition", ConditionResult::condition)
        .text("small equilibrated", condition -> condition.relaxed(Settled::smallRuns))
        .text("direct equilibrated", condition -> condition.relaxed(Settled::directRuns))
        .number("sum rule predicted", "%.4f", condition -> condition.sumRules().predicted())
        .number("sum rule direct", "%.4f", condition -> condition.sumRules().direct())
        .number("trajectory error", "%.4f", condition -> condition.physicalError().value())
        .number("calibration", "%.3f", condition -> condition.calibration().ratio())
        .text("runs", condition -> count(condition.amount().directRuns()))
        .number("relaxation times", "%.1f", condition -> condition.amount().relaxationTimes())
        .text("stationary", condition -> condition.stationary() ? "yes" : "no")
        .table()
        .known();
  }

  private static String count(int runs) {
    return runs == 0 ? ResultTable.UNKNOWN : Integer.toString(runs);
  }

  /**
   * How far whole trajectories are from direct runs, one row per condition: values with 95 %
   * intervals, and what two ensembles of direct runs would have.
   */
  public static ResultTable trajectories(Evaluation evaluation) {
    return ResultTable.of(evaluation.conditions())
        .text("condition", ConditionResult::condition)
        .number("error of mean", SMALL, condition -> condition.physicalError().value())
        .text("95 %", condition -> range(condition.physicalError().interval()))
        .number("floor", SMALL, condition -> condition.physicalError().floor())
        .number("latent error", SMALL, condition -> condition.latentError().value())
        .text("95 %", condition -> range(condition.latentError().interval()))
        .number("floor", SMALL, condition -> condition.latentError().floor())
        .number("discrepancy", SMALL, condition -> condition.distance().mean().biased())
        .text("95 %", condition -> range(condition.distance().interval()))
        .number("floor", SMALL, condition -> condition.distance().floor())
        .number("unbiased", SMALL, condition -> condition.distance().mean().unbiased())
        .table()
        .known();
  }

  private static String range(Interval interval) {
    return Double.isNaN(interval.lower())
        ? ResultTable.UNKNOWN
        : ResultTable.number(SMALL, interval.lower())
            + " to "
            + ResultTable.number(SMALL, interval.upper());
  }

  private static String unit(Evaluation evaluation) {
    return evaluation.timeUnit().equals("1") ? "" : " (" + evaluation.timeUnit() + ")";
  }

  /** Relaxation times and fluctuations, one row per condition and observable. */
  public static ResultTable dynamics(Evaluation evaluation) {
    String unit = unit(evaluation);
    return rows(evaluation)
        .number("relaxation predicted" + unit, "%.3e", row -> row.of().relaxation().predicted())
        .number("+- 95 %", "%.1e", row -> row.of().relaxation().uncertainty().halfWidth())
        .number("relaxation direct" + unit, "%.3e", row -> row.of().relaxation().direct())
        .number("95 % from", "%.3e", row -> row.of().relaxation().interval().lower())
        .number("95 % to", "%.3e", row -> row.of().relaxation().interval().upper())
        .number("deviation predicted", "%.4f", row -> row.of().predicted().deviation())
        .number("+- 95 %", "%.4f", row -> row.of().predicted().deviationUncertainty().halfWidth())
        .number("deviation direct", "%.4f", row -> row.of().direct().deviation())
        .number("+- 95 %", "%.4f", row -> row.of().direct().deviationHalfWidth())
        .number("small runs, scaled", "%.4f", row -> row.of().smallDeviation())
        .text("deviation", row -> word(row.of().deviationVerdict()))
        .number("drift predicted", "%.4f", row -> row.of().settled().predicted().drift())
        .number("drift direct", "%.4f", row -> row.of().settled().direct().drift())
        .table()
        .known();
  }

  /**
   * The path to equilibrium, one row per condition and observable: threshold crossings, and how far
   * means are apart meanwhile.
   */
  public static ResultTable path(Evaluation evaluation) {
    ResultTable.Columns<Row> columns = rows(evaluation);
    crossing(columns, "t50", unit(evaluation), PathComparison::half);
    crossing(columns, "t75", unit(evaluation), PathComparison::threeQuarters);
    crossing(columns, "t90", unit(evaluation), PathComparison::ninety);
    return columns
        .number("r.m.s. apart", "%.4f", row -> row.of().path().distance())
        .number("floor", "%.4f", row -> row.of().path().floor())
        .number("allowed", "%.4f", row -> row.of().path().allowed())
        .text("path", row -> word(row.of().pathVerdict()))
        .number("small runs apart", "%.4f", row -> row.of().training().distance())
        .number("allowed", "%.4f", row -> row.of().training().allowed())
        .text("reproduced", row -> word(row.of().training().verdict()))
        .table()
        .known();
  }

  private static String word(Verdict verdict) {
    return verdict == Verdict.NONE ? ResultTable.UNKNOWN : verdict.word();
  }

  private static void crossing(
      ResultTable.Columns<Row> columns,
      String name,
      String unit,
      Function<PathComparison, PathComparison.Crossing> of) {
    Function<Row, PathComparison.Crossing> crossing = row -> of.apply(row.of().path());
    columns
        .text(name + " predicted" + unit, row -> time(crossing.apply(row).predicted()))
        .number("+- 95 %", "%.2g", row -> crossing.apply(row).predictedHalfWidth())
        .number("direct" + unit, "%.3g", row -> crossing.apply(row).direct())
        .number("+- 95 %", "%.2g", row -> crossing.apply(row).directHalfWidth());
  }

  private static String time(double predicted) {
    return Double.isInfinite(predicted) ? "never" : ResultTable.number(SMALL, predicted);
  }
}
