package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.latticelift.io.csv.CsvCell;
import org.latticelift.io.csv.CsvWriter;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.evaluate.ComponentResult.ConditionResult;
import org.latticelift.learn.evaluate.ComponentResult.TrajectoryError;
import org.latticelift.learn.evaluate.PathComparison.Verdict;

/**
 * The numbers of an evaluation as tables for the terminal and the report. Columns in which nothing
 * is known, such as those of direct runs that were not made, are left out.
 */
public final class EvaluationTables {
  /** Of a 95 % interval. */
  private static final double CHANCE = 0.05;

  private EvaluationTables() {}

  /**
   * Everything a terminal shows: all tables and the notes ({@code details}: whether all observables
   * are shown, or those that are looked at first).
   */
  public static List<String> lines(Evaluation all, boolean details) {
    Evaluation evaluation = details ? all : all.main();
    List<String> lines = new ArrayList<>(components(evaluation).lines());
    further(all, evaluation).ifPresent(lines::add);
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
            EvaluationCsv.NAME));
  }

  /**
   * Late means, one row per condition and observable, with 95 % intervals and what those of the
   * prediction come from; predicted, of the small system, direct, difference, the same in combined
   * errors, allowed, verdict; the tolerance where one is configured.
   */
  public static ResultTable components(Evaluation evaluation) {
    boolean tolerances =
        evaluation.conditions().stream()
            .flatMap(condition -> condition.components().stream())
            .anyMatch(c -> !Double.isNaN(c.tolerance()));
    List<String> headers =
        new ArrayList<>(
            List.of("condition", "observable", "predicted", "+- 95 %", "mc", "model", "data"));
    headers.addAll(List.of("small", "+- 95 %"));
    headers.addAll(List.of("direct", "+- 95 %", "difference", "in errors", "allowed"));
    if (tolerances) {
      headers.add("tolerance");
    }
    headers.add("verdict");
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        List<String> cells = new ArrayList<>(List.of(condition.condition(), c.observable()));
        Uncertainty predicted = c.predictedUncertainty();
        for (double value :
            new double[] {
              c.predicted(),
              predicted.halfWidth(),
              predicted.ensemble(),
              predicted.model(),
              predicted.data(),
              c.small().mean(),
              c.small().halfWidth(),
              c.direct(),
              c.directHalfWidth(),
              c.difference()
            }) {
          cells.add(number("%.4f", value));
        }
        cells.add(number("%.1f", c.difference() / c.combinedError()));
        cells.add(number("%.4f", c.allowed()));
        if (tolerances) {
          cells.add(number("%.4f", c.tolerance()));
        }
        cells.add(c.word());
        table.row(cells.toArray(String[]::new));
      }
    }
    return table.known();
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
        .filter(c -> c.verdict() != Verdict.NONE && Double.isNaN(c.tolerance()))
        .count();
  }

  /**
   * What holds for a whole condition, one row each; relaxation, sum rules, trajectory error,
   * calibration, relaxation times, stationarity.
   */
  public static ResultTable conditions(Evaluation evaluation) {
    ResultTable table =
        new ResultTable(
            "condition",
            "small relaxed",
            "direct relaxed",
            "sum rule predicted",
            "sum rule direct",
            "trajectory error",
            "calibration",
            "runs",
            "relaxation times",
            "stationary");
    for (ConditionResult condition : evaluation.conditions()) {
      table.row(
          condition.condition(),
          condition.relaxed(c -> c.small().relaxation()),
          condition.relaxed(ComponentResult::directRelaxed),
          number("%.4f", condition.predictedSumRule()),
          number("%.4f", condition.directSumRule()),
          number("%.4f", condition.trajectoryError()),
          number("%.3f", condition.calibration().ratio()),
          condition.directRuns() == 0
              ? ResultTable.UNKNOWN
              : Integer.toString(condition.directRuns()),
          number("%.1f", condition.relaxationTimes()),
          condition.stationary() ? "yes" : "no");
    }
    return table.known();
  }

  /**
   * How far whole trajectories are from direct runs, one row per condition: values with 95 %
   * intervals, and what two ensembles of direct runs would have; errors of mean trajectories,
   * discrepancy.
   */
  public static ResultTable trajectories(Evaluation evaluation) {
    ResultTable table =
        new ResultTable(
            "condition",
            "error of mean",
            "95 %",
            "floor",
            "latent error",
            "95 %",
            "floor",
            "discrepancy",
            "95 %",
            "floor",
            "unbiased");
    for (ConditionResult condition : evaluation.conditions()) {
      TrajectoryError physical = condition.physicalError();
      TrajectoryError latent = condition.latentError();
      Discrepancy distance = condition.distance();
      table.row(
          condition.condition(),
          small(physical.value()),
          range(physical.interval()),
          small(physical.floor()),
          small(latent.value()),
          range(latent.interval()),
          small(latent.floor()),
          small(distance.mean().biased()),
          range(distance.interval()),
          small(distance.floor()),
          small(distance.mean().unbiased()));
    }
    return table.known();
  }

  private static String small(double value) {
    return number("%.3g", value);
  }

  private static String range(Bootstrap.Interval interval) {
    return Double.isNaN(interval.lower())
        ? ResultTable.UNKNOWN
        : small(interval.lower()) + " to " + small(interval.upper());
  }

  /**
   * Relaxation times and fluctuations, one row per condition and observable; times, standard
   * deviations.
   */
  public static ResultTable dynamics(Evaluation evaluation) {
    String unit = evaluation.timeUnit().equals("1") ? "" : " (" + evaluation.timeUnit() + ")";
    ResultTable table =
        new ResultTable(
            "condition",
            "observable",
            "relaxation predicted" + unit,
            "+- 95 %",
            "relaxation direct" + unit,
            "95 % from",
            "95 % to",
            "deviation predicted",
            "+- 95 %",
            "deviation direct",
            "drift predicted",
            "drift direct");
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        table.row(
            condition.condition(),
            c.observable(),
            number("%.3e", c.predictedRelaxation()),
            number("%.1e", c.relaxationUncertainty().halfWidth()),
            number("%.3e", c.directRelaxation()),
            number("%.3e", c.directRelaxationInterval().lower()),
            number("%.3e", c.directRelaxationInterval().upper()),
            number("%.4f", c.predictedDeviation()),
            number("%.4f", c.deviationUncertainty().halfWidth()),
            number("%.4f", c.directDeviation()),
            number("%.4f", c.predictedStationarity().drift()),
            number("%.4f", c.directStationarity().drift()));
      }
    }
    return table.known();
  }

  /**
   * The path to equilibrium, one row per condition and observable: threshold crossings, and how far
   * means are apart meanwhile; times predicted and direct with 95 % intervals, distance, its floor,
   * allowed, verdict.
   */
  public static ResultTable path(Evaluation evaluation) {
    String unit = evaluation.timeUnit().equals("1") ? "" : " (" + evaluation.timeUnit() + ")";
    List<String> headers = new ArrayList<>(List.of("condition", "observable"));
    for (String time : List.of("t50", "t75", "t90")) {
      headers.addAll(List.of(time + " predicted" + unit, "+- 95 %", "direct" + unit, "+- 95 %"));
    }
    headers.addAll(List.of("r.m.s. apart", "floor", "allowed", "path"));
    ResultTable table = new ResultTable(headers.toArray(String[]::new));
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        List<String> cells = new ArrayList<>(List.of(condition.condition(), c.observable()));
        PathComparison path = c.path();
        for (PathComparison.Crossing time :
            List.of(path.half(), path.threeQuarters(), path.ninety())) {
          cells.add(
              Double.isInfinite(time.predicted()) ? "never" : number("%.3g", time.predicted()));
          cells.add(number("%.2g", time.predictedHalfWidth()));
          cells.add(number("%.3g", time.direct()));
          cells.add(number("%.2g", time.directHalfWidth()));
        }
        cells.add(number("%.4f", path.distance()));
        cells.add(number("%.4f", path.floor()));
        cells.add(number("%.4f", path.allowed()));
        cells.add(c.pathVerdict() == Verdict.NONE ? ResultTable.UNKNOWN : c.pathVerdict().word());
        table.row(cells.toArray(String[]::new));
      }
    }
    return table.known();
  }

  /**
   * At which condition the largest observable is largest, after numbers of events and late ({@code
   * after}: observables after some numbers of events; {@code evaluation}: with the late means);
   * largest absolute value and where it lies, predicted and direct.
   */
  public static ResultTable largest(AfterEvents after, Evaluation evaluation) {
    return new LargestOrder(after, evaluation).table();
  }

  private static String number(String pattern, double value) {
    return Double.isNaN(value) ? ResultTable.UNKNOWN : String.format(Locale.ROOT, pattern, value);
  }

  /**
   * {@code evaluation.csv}: one row per condition and observable; the header names the unit of what
   * has one, such as {@code direct_time[s]}. What is not available is empty.
   */
  static final class EvaluationCsv {
    /** Name in the run directory. */
    static final String NAME = "evaluation.csv";

    private EvaluationCsv() {}

    static String text(Evaluation evaluation) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(header(evaluation));
      for (ConditionResult condition : evaluation.conditions()) {
        for (ComponentResult component : condition.components()) {
          rows.add(row(condition, component));
        }
      }
      return CsvWriter.text(rows);
    }

    private static List<String> header(Evaluation evaluation) {
      Stream<String> keys = Stream.of("condition", evaluation.parameter(), "observable");
      Stream<String> components =
          Columns.ALL.stream().map(c -> CsvCell.title(c.name(), c.units(evaluation)));
      Stream<String> conditions =
          ConditionColumns.ALL.stream().map(c -> CsvCell.title(c.name(), c.units(evaluation)));
      return Stream.of(keys, components, conditions).flatMap(part -> part).toList();
    }

    private static List<String> row(ConditionResult condition, ComponentResult component) {
      Stream<String> keys =
          Stream.of(
              condition.condition(), CsvCell.compact(condition.value()), component.observable());
      Stream<String> components =
          Columns.ALL.stream().map(c -> CsvCell.compact(c.value().applyAsDouble(component)));
      Stream<String> conditions =
          ConditionColumns.ALL.stream()
              .map(c -> CsvCell.compact(c.value().applyAsDouble(condition)));
      return Stream.of(keys, components, conditions).flatMap(part -> part).toList();
    }
  }

  /**
   * At which condition the largest observable has its largest absolute value, after each number of
   * events and in the late means (EX-44).
   *
   * @param after observables after some numbers of events
   * @param evaluation with the late means
   */
  record LargestOrder(AfterEvents after, Evaluation evaluation) {
    /** A value at a condition. */
    record At(double condition, double value) {}

    /**
     * The largest absolute value.
     *
     * @param condition vertex of the parabola through the largest point and its neighbours, or the
     *     point itself at an end
     * @param value there as it is known, at the largest point
     * @param inside whether it has neighbours on both sides
     */
    record Largest(double condition, double value, boolean inside) {
      /** Empty where no value is a number; points are ascending in the condition. */
      static Optional<Largest> of(List<At> points) {
        List<At> known = points.stream().filter(at -> Double.isFinite(at.value())).toList();
        return IntStream.range(0, known.size())
            .boxed()
            .reduce((a, b) -> height(known, b) > height(known, a) ? b : a)
            .map(top -> at(known, top));
      }

      private static double height(List<At> points, int i) {
        return Math.abs(points.get(i).value());
      }

      private static Largest at(List<At> points, int top) {
        At highest = points.get(top);
        boolean inside = top > 0 && top < points.size() - 1;
        double condition = inside ? vertex(points, top) : highest.condition();
        return new Largest(condition, highest.value(), inside);
      }

      /** Of the parabola through a highest point and its neighbours. */
      private static double vertex(List<At> points, int top) {
        double[] x = new double[3];
        double[] y = new double[3];
        for (int i = 0; i < 3; i++) {
          x[i] = points.get(top - 1 + i).condition();
          y[i] = height(points, top - 1 + i);
        }
        double left = (y[1] - y[0]) / (x[1] - x[0]);
        double right = (y[2] - y[1]) / (x[2] - x[1]);
        double curvature = (right - left) / (x[2] - x[0]);
        return curvature == 0 ? x[1] : (x[0] + x[1]) / 2 - left / (2 * curvature);
      }

      private static String value(Optional<Largest> largest) {
        return largest.map(it -> String.format(Locale.ROOT, "%.4f", it.value())).orElse("-");
      }

      private static String place(Optional<Largest> largest) {
        return largest
            .map(
                it ->
                    String.format(Locale.ROOT, it.inside() ? "%.0f" : "%.0f (end)", it.condition()))
            .orElse("-");
      }
    }

    /** One row for each number of events, and one for the late means. */
    ResultTable table() {
      ResultTable table =
          new ResultTable(
              "events per patch",
              "observable",
              "largest predicted",
              "at " + after.parameter(),
              "largest direct",
              "at " + after.parameter());
      int c = largest();
      String name = after.observables().get(c);
      for (double events : after.events()) {
        List<AfterEvents.Point> points = after.after(events);
        row(
            table,
            String.format(Locale.ROOT, "%.0f", events),
            name,
            points.stream().map(point -> new At(point.value(), point.predicted()[c])).toList(),
            points.stream().map(point -> new At(point.value(), point.direct()[c])).toList());
      }
      row(
          table,
          "late",
          name,
          late(c, ComponentResult::predicted),
          late(c, ComponentResult::direct));
      return table;
    }

    private static void row(
        ResultTable table, String events, String name, List<At> predicted, List<At> direct) {
      Optional<Largest> one = Largest.of(predicted);
      Optional<Largest> other = Largest.of(direct);
      table.row(
          events,
          name,
          Largest.value(one),
          Largest.place(one),
          Largest.value(other),
          Largest.place(other));
    }

    private List<At> late(int c, ToDoubleFunction<ComponentResult> value) {
      List<At> late = new ArrayList<>();
      for (ConditionResult condition : evaluation.conditions()) {
        late.add(new At(condition.value(), value.applyAsDouble(condition.components().get(c))));
      }
      return late;
    }

    /** The observable whose late mean becomes largest. */
    private int largest() {
      return IntStream.range(0, after.observables().size())
          .boxed()
          .reduce(0, (a, b) -> height(b) > height(a) ? b : a);
    }

    private double height(int c) {
      return Largest.of(late(c, ComponentResult::predicted))
          .map(largest -> Math.abs(largest.value()))
          .orElse(0.0);
    }
  }
}
