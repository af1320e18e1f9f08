package org.latticelift.learn.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.run.directory.RunDirectory;
import org.latticelift.learn.evaluate.AfterEvents;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.evaluate.EvaluationFile;

/**
 * What is drawn against the condition: results of a run, and where wanted of other runs with other
 * conditions, as where one equation does not hold for all of them.
 *
 * @param evaluation ascending in the condition
 * @param after observables after numbers of events, where that was asked for
 */
record ConditionCurves(Evaluation evaluation, Optional<AfterEvents> after) {
  /** Those of a run ({@code directory}: has the results of the stage {@code evaluate}). */
  static ConditionCurves of(RunDirectory directory) {
    Evaluation evaluation = EvaluationFile.read(directory.file(EvaluationFile.NAME));
    return new ConditionCurves(evaluation, AfterEvents.read(directory, evaluation));
  }

  /** Of the observables that are looked at first. */
  ConditionCurves main() {
    return new ConditionCurves(evaluation.main(), after);
  }

  /**
   * With those of another run; at conditions of both this one's late means stay, and what it has
   * after a number of events ({@code other}: of the same observables; {@code folder}: of the other
   * run, for messages).
   */
  ConditionCurves with(ConditionCurves other, Path folder) {
    requireAlike(other.evaluation, folder);
    Set<String> own =
        evaluation.conditions().stream()
            .map(ConditionResult::condition)
            .collect(Collectors.toSet());
    List<ConditionResult> conditions = new ArrayList<>(evaluation.conditions());
    other.evaluation.conditions().stream()
        .filter(condition -> !own.contains(condition.condition()))
        .forEach(conditions::add);
    conditions.sort(Comparator.comparingDouble(ConditionResult::value));
    return new ConditionCurves(
        evaluation.of(conditions),
        after.map(mine -> with(mine, other.after)).or(() -> other.after));
  }

  /** Where one run has no number as it was too short, the other's counts. */
  private static AfterEvents with(AfterEvents mine, Optional<AfterEvents> theirs) {
    List<AfterEvents.Point> points = new ArrayList<>();
    mine.points().stream().filter(ConditionCurves::known).forEach(points::add);
    theirs.stream()
        .flatMap(after -> after.points().stream())
        .filter(ConditionCurves::known)
        .filter(point -> points.stream().noneMatch(own -> samePlace(own, point)))
        .toList()
        .forEach(points::add);
    points.sort(
        Comparator.comparingDouble(AfterEvents.Point::value)
            .thenComparingDouble(AfterEvents.Point::events));
    return new AfterEvents(mine.parameter(), mine.observables(), points);
  }

  private static boolean known(AfterEvents.Point point) {
    return Double.isFinite(point.predicted().get(0).value())
        || Double.isFinite(point.direct().get(0).value());
  }

  private static boolean samePlace(AfterEvents.Point one, AfterEvents.Point other) {
    return one.condition().equals(other.condition()) && one.events() == other.events();
  }

  private void requireAlike(Evaluation other, Path folder) {
    if (!other.parameter().equals(evaluation.parameter())
        || !other.observables().equals(evaluation.observables())) {
      throw LatticeLiftException.badData(
          "a run of " + other.observables() + " against " + other.parameter(),
          "report.beside: " + folder,
          evaluation.observables() + " against " + evaluation.parameter(),
          "Name a run with the same observables and another range of conditions");
    }
  }
}
