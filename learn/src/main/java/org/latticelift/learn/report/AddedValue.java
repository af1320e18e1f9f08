package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.ResultTable;
import org.latticelift.sim.system.Extent;

/**
 * What the prediction adds to the small-system mean, which costs nothing beside the small runs and
 * which many users take for an answer.
 *
 * @param evaluation the results
 * @param large size that is predicted
 */
record AddedValue(Evaluation evaluation, Extent large) {
  private static final double ERRORS = 2;

  /** In sentences; none where the small runs say nothing of the predicted observables. */
  List<String> sentences() {
    long known = count(AddedValue::known);
    if (known == 0) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add(means(known));
    sentences.add(
        String.format(
            Locale.ROOT,
            "What the prediction adds: the time course of %s from its start, fluctuations at this"
                + " size%s, and other sizes, starts and conditions within the trained range without"
                + " another simulation.",
            large.name(),
            fluctuation()));
    return sentences;
  }

  private String means(long known) {
    String all =
        evaluation.conditions().stream()
            .filter(
                c -> c.components().stream().filter(AddedValue::known).allMatch(AddedValue::same))
            .filter(c -> c.components().stream().anyMatch(AddedValue::known))
            .map(ConditionResult::condition)
            .collect(Collectors.joining(", "));
    long same = count(c -> known(c) && same(c));
    String found =
        String.format(
            Locale.ROOT,
            "%d of %d predicted late means agree with the late mean of the small-system runs within"
                + " twice the combined standard error%s.",
            same,
            known,
            all.isEmpty() ? "" : " (all at " + all + ")");
    return same == 0
        ? found
        : found + " There the prediction adds nothing to the late means of the small runs.";
  }

  /** An example of the first observable that has one. */
  private String fluctuation() {
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        if (Double.isFinite(c.small().deviation()) && Double.isFinite(c.predictedDeviation())) {
          return String.format(
              Locale.ROOT,
              " (late standard deviation of %s at %s: %.3g, in the small system %.3g)",
              c.observable(),
              condition.condition(),
              c.predictedDeviation(),
              c.small().deviation());
        }
      }
    }
    return "";
  }

  private static boolean known(ComponentResult c) {
    return Double.isFinite(c.small().mean()) && Double.isFinite(c.small().error());
  }

  private static boolean same(ComponentResult c) {
    double error = Math.hypot(c.predictedError(), c.small().error());
    return Math.abs(c.predicted() - c.small().mean()) <= ERRORS * error;
  }

  private long count(Predicate<ComponentResult> which) {
    return evaluation.conditions().stream()
        .flatMap(c -> c.components().stream())
        .filter(which)
        .count();
  }

  /**
   * Root mean square differences to direct simulation over the observables of a condition.
   *
   * @return empty without direct runs or without small runs
   */
  Optional<ResultTable> againstDirect() {
    ResultTable table =
        new ResultTable(
            "condition", "prediction", "small-system mean", "errors of the small mean and direct");
    for (ConditionResult condition : evaluation.conditions()) {
      List<ComponentResult> compared =
          condition.components().stream()
              .filter(c -> known(c) && Double.isFinite(c.direct()))
              .toList();
      if (!compared.isEmpty()) {
        table.row(
            condition.condition(),
            text(compared, ComponentResult::difference),
            text(compared, c -> c.small().mean() - c.direct()),
            text(compared, c -> Math.hypot(c.small().error(), c.directError())));
      }
    }
    return table.rows().isEmpty() ? Optional.empty() : Optional.of(table);
  }

  private static String text(
      List<ComponentResult> compared, ToDoubleFunction<ComponentResult> value) {
    double square = compared.stream().mapToDouble(value).map(x -> x * x).average().orElseThrow();
    return Double.isNaN(square) ? "-" : String.format(Locale.ROOT, "%.4f", Math.sqrt(square));
  }
}
