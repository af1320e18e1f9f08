package org.latticelift.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The limits of a result, in words (DI-49): what a reader must know before using the numbers. */
public final class Limits {
  private static final double SUM_RULE = 0.02;
  private static final double FEW_RELAXATION_TIMES = 8;

  private Limits() {}

  /**
   * States what is doubtful.
   *
   * @param evaluation the results
   * @return complete sentences, none if nothing is doubtful
   */
  public static List<String> of(Evaluation evaluation) {
    List<String> limits = new ArrayList<>();
    if (!evaluation.hasDirect()) {
      limits.add(
          "No direct simulation of the large system: the prediction was not compared with the"
              + " truth.");
    }
    for (ConditionResult condition : evaluation.conditions()) {
      add(limits, condition);
    }
    return limits;
  }

  private static void add(List<String> limits, ConditionResult condition) {
    String name = condition.condition();
    if (condition.extrapolated()) {
      limits.add(name + " lies outside the trained range: the prediction is an extrapolation.");
    }
    if (condition.directRuns() > 0) {
      addDirect(limits, condition);
    }
    addDrifting(limits, name, "prediction", condition.components(), true);
    if (condition.predictedSumRule() > SUM_RULE) {
      limits.add(
          format(
              "%s: the prediction violates a sum rule by %.3f (allowed %.2f).",
              name, condition.predictedSumRule(), SUM_RULE));
    }
    double ratio = condition.calibration().ratio();
    if (ratio > 1.25 || ratio < 0.8) {
      limits.add(
          format(
              "%s: the learned diffusion is %s: standardised residuals average %.2f, not 1.",
              name, ratio > 1 ? "too small" : "too large", ratio));
    }
  }

  private static void addDirect(List<String> limits, ConditionResult condition) {
    String name = condition.condition();
    addDrifting(limits, name, "direct simulation", condition.components(), false);
    if (condition.relaxationTimes() < FEW_RELAXATION_TIMES) {
      limits.add(
          format(
              "%s: a direct run covers only %.1f relaxation times (%.0f are advised).",
              name, condition.relaxationTimes(), FEW_RELAXATION_TIMES));
    }
    if (condition.components().stream().anyMatch(c -> c.verdict() == Verdict.OVER)) {
      limits.add(name + ": prediction and direct simulation differ by more than allowed.");
    }
  }

  private static void addDrifting(
      List<String> limits,
      String name,
      String what,
      List<ComponentResult> components,
      boolean predicted) {
    String drifting =
        components.stream()
            .filter(
                c -> !(predicted ? c.predictedStationarity() : c.directStationarity()).stationary())
            .map(ComponentResult::observable)
            .collect(Collectors.joining(", "));
    if (!drifting.isEmpty()) {
      limits.add(name + ": the " + what + " still drifts in its late window (" + drifting + ").");
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
