package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latticelift.learn.sde.Resampling;

/** The limits of a result, in words (DI-49): what a reader must know before using the numbers. */
public final class Limits {
  private static final double SUM_RULE = 0.02;
  private static final double FEW_RELAXATION_TIMES = 8;
  private static final int FEW_GROUPS = 4;

  private Limits() {}

  /**
   * States what is doubtful: every check that failed, and every one that was not made.
   *
   * @param evaluation the results
   * @return complete sentences, none if all checks were made and passed
   */
  public static List<String> of(Evaluation evaluation) {
    List<String> limits = new ArrayList<>();
    if (!evaluation.hasDirect()) {
      limits.add(
          "No direct simulation of the large system: the prediction was not compared with the"
              + " truth.");
    }
    addIntervals(limits, evaluation);
    boolean rules = !Double.isNaN(evaluation.ruleDeficit());
    for (ConditionResult condition : evaluation.conditions()) {
      add(limits, condition, rules);
      if (condition.directRuns() > 0) {
        addDirect(limits, condition);
      } else if (evaluation.hasDirect()) {
        limits.add(condition.condition() + ": no direct simulation: not compared.");
      }
    }
    return limits;
  }

  private static void add(List<String> limits, ConditionResult condition, boolean rules) {
    String name = condition.condition();
    if (condition.extrapolated()) {
      limits.add(name + " lies outside the trained range: the prediction is an extrapolation.");
    }
    addRelaxation(limits, condition, "small-system runs", ComponentResult::small);
    addDrifting(limits, condition);
    if (rules && !(condition.predictedSumRule() <= SUM_RULE)) {
      limits.add(
          format(
              "%s: the prediction violates a sum rule by %.3f (allowed %.2f).",
              name, condition.predictedSumRule(), SUM_RULE));
    }
    double ratio = condition.calibration().ratio();
    if (Double.isNaN(ratio)) {
      limits.add(
          name
              + ": the learned diffusion was not checked: there are no training pairs here, or it"
              + " is singular.");
    } else if (ratio > 1.25 || ratio < 0.8) {
      limits.add(
          format(
              "%s: the learned diffusion is %s: standardised residuals average %.2f, not 1.",
              name, ratio > 1 ? "too small" : "too large", ratio));
    }
  }

  private static void addDirect(List<String> limits, ConditionResult condition) {
    String name = condition.condition();
    addRelaxation(limits, condition, "direct runs", ComponentResult::directRelaxed);
    if (Double.isNaN(condition.relaxationTimes())) {
      limits.add(
          name
              + ": no observable moves clearly enough to tell how many relaxation times a direct"
              + " run covers.");
    } else if (condition.relaxationTimes() < FEW_RELAXATION_TIMES) {
      limits.add(
          format(
              "%s: a direct run covers only %.1f relaxation times (%.0f are advised).",
              name, condition.relaxationTimes(), FEW_RELAXATION_TIMES));
    }
    if (condition.components().stream().anyMatch(c -> c.verdict() == Verdict.OVER)) {
      limits.add(name + ": prediction and direct simulation differ by more than allowed.");
    }
    addNotCompared(limits, condition);
  }

  /** What the intervals do not hold, or why there are none, and what to do. */
  private static void addIntervals(List<String> limits, Evaluation evaluation) {
    Resampling resampling = evaluation.resampling();
    if (!resampling.resampled()) {
      limits.add(
          resampling.sentence()
              + " Set train.models to 8 (and train.resample to groups) for one, or"
              + " evaluate.tolerance for verdicts without.");
    } else if (resampling.unit() != Resampling.Unit.RUNS) {
      limits.add("Intervals are too narrow: " + resampling.sentence());
    } else if (resampling.units() < FEW_GROUPS) {
      limits.add("Intervals are rough: " + resampling.sentence() + " Raise simulate.runs.");
    }
  }

  private static void addNotCompared(List<String> limits, ConditionResult condition) {
    String names = names(condition, Limits::unknownError);
    if (!names.isEmpty()) {
      limits.add(
          condition.condition() + ": a standard error is unknown: not compared (" + names + ").");
    }
  }

  /** Not for want of an interval or a tolerance, which is said once for all. */
  private static boolean unknownError(ComponentResult component) {
    return component.verdict() == Verdict.NONE && Double.isNaN(component.combinedError());
  }

  private static void addRelaxation(
      List<String> limits,
      ConditionResult condition,
      String runs,
      Function<ComponentResult, Relaxation> which) {
    Map<String, Relaxation> known = new LinkedHashMap<>();
    for (ComponentResult component : condition.components()) {
      if (which.apply(component).known()) {
        known.put(component.observable(), which.apply(component));
      }
    }
    String failures = Relaxation.failures(known);
    if (known.isEmpty()) {
      limits.add(condition.condition() + ": whether the " + runs + " are relaxed was not checked.");
    } else if (!failures.isEmpty()) {
      limits.add(condition.condition() + ": the " + runs + " are not relaxed: " + failures + ".");
    }
  }

  private static void addDrifting(List<String> limits, ConditionResult condition) {
    String drifting = names(condition, c -> !c.predictedStationarity().stationary());
    if (!drifting.isEmpty()) {
      limits.add(
          condition.condition()
              + ": the prediction still drifts in its late part, or is too short to tell ("
              + drifting
              + ").");
    }
  }

  private static String names(ConditionResult condition, Predicate<ComponentResult> chosen) {
    return condition.components().stream()
        .filter(chosen)
        .map(ComponentResult::observable)
        .collect(Collectors.joining(", "));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
