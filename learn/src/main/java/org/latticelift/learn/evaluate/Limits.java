package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.latticelift.learn.evaluate.ComponentResult.Settled;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Verdict;
import org.latticelift.learn.sde.Resampling;

/**
 * The limits of a result, in words (DI-49): what a reader must know before using the numbers, and
 * what to do about it.
 */
public final class Limits {
  private static final double SUM_RULE = 0.02;

  /** Late means of fewer relaxation times still know the start. */
  public static final double FEW_RELAXATION_TIMES = 8;

  private static final int FEW_GROUPS = 4;
  private static final double TWICE = 2;

  private final Remedies remedies;
  private final List<Limit> limits = new ArrayList<>();

  private Limits(Remedies remedies) {
    this.remedies = remedies;
  }

  /**
   * States what is doubtful: every check that failed, and every one that was not made; complete
   * sentences, the gravest first; none if all checks were made and passed.
   */
  public static List<String> of(Evaluation evaluation, Remedies remedies) {
    Limits limits = new Limits(remedies);
    limits.add(evaluation);
    return limits.limits.stream()
        .sorted(Comparator.comparing(Limit::gravity))
        .map(Limit::text)
        .toList();
  }

  /** The gravest first. */
  private enum Gravity {
    EXTRAPOLATED,
    NOT_EQUILIBRATED,
    DIFFERS,
    MODEL,
    PATH,
    DIRECT,
    INTERVALS,
    NOT_COMPARED,
    NOT_CHECKED
  }

  private record Limit(Gravity gravity, String text) {}

  private void say(Gravity gravity, String text) {
    limits.add(new Limit(gravity, text));
  }

  /** Says something of the observables that it holds for, if there are some. */
  private void say(
      Gravity gravity, ConditionResult condition, String what, String observables, String remedy) {
    if (!observables.isEmpty()) {
      say(gravity, condition.condition() + ": " + what + " (" + observables + "). " + remedy);
    }
  }

  private void add(Evaluation evaluation) {
    if (!evaluation.hasDirect()) {
      say(
          Gravity.NOT_COMPARED,
          "No direct simulation of the large system: the prediction was not compared"
              + " with the truth. "
              + remedies.addDirect());
    }
    addIntervals(evaluation);
    boolean rules = !Double.isNaN(evaluation.ruleDeficit());
    for (ConditionResult condition : evaluation.conditions()) {
      add(condition, rules);
      if (condition.amount().directRuns() > 0) {
        addDirect(condition);
      } else if (evaluation.hasDirect()) {
        say(Gravity.NOT_COMPARED, condition.condition() + ": no direct simulation: not compared.");
      }
    }
  }

  private void add(ConditionResult condition, boolean rules) {
    String name = condition.condition();
    if (condition.amount().extrapolated()) {
      say(
          Gravity.EXTRAPOLATED,
          name
              + " lies outside the trained range: the prediction is an extrapolation. Add a"
              + " condition there or beyond to 'conditions'.");
    }
    if (remedies.simulated()) {
      addRelaxation(
          condition,
          "small-system runs",
          remedies.lengthen(Remedies.Runs.SIMULATE, name, TWICE),
          Settled::smallRuns);
    }
    addDrifting(condition);
    if (rules && Verdict.of(condition.sumRules().predicted(), SUM_RULE) != Verdict.OK) {
      say(
          Gravity.MODEL,
          format(
              "%s: the prediction violates a sum rule by %.3f (allowed %.2f). Raise evolve.samples or"
                  + " train.epochs.",
              name, condition.sumRules().predicted(), SUM_RULE));
    }
    addTraining(condition);
    addSize(condition);
    double ratio = condition.calibration().ratio();
    if (Double.isNaN(ratio)) {
      say(
          Gravity.NOT_CHECKED,
          name
              + ": the learned diffusion was not checked: there are no training samples here,"
              + " or it is singular.");
    } else if (condition.calibration().tooSmall() || condition.calibration().tooLarge()) {
      say(
          Gravity.MODEL,
          format(
              "%s: the learned diffusion is %s: standardised residuals average %.2f, not 1. Where the"
                  + " validation loss is far above that of training, make more pairs or lower"
                  + " train.epochs; otherwise raise it, or make pairs of another length"
                  + " (evolve.duration).",
              name, ratio > 1 ? "too small" : "too large", ratio));
    }
  }

  /** An equation that is not that of its own runs is wrong at any size. */
  private void addTraining(ConditionResult condition) {
    say(
        Gravity.MODEL,
        condition,
        "the equation does not reproduce what it learned from: at the size of the small runs its mean"
            + " path is off theirs",
        list(
            condition,
            c -> c.training().verdict() == Verdict.OVER,
            c ->
                format(
                    " by %.3g where %.3g is allowed",
                    c.training().distance(), c.training().allowed())),
        "Raise evolve.samples, train longer, or try sde.drift.baseline: polynomial.");
  }

  /** A bias of all that was learned from small lattices, which no interval holds. */
  private void addSize(ConditionResult condition) {
    say(
        Gravity.MODEL,
        condition,
        "the periodic length of the small lattice shows. By an effective Hamiltonian at both sizes its"
            + " equilibrium means, and the predicted ones, are off, which intervals do not hold",
        list(
            condition,
            ComponentResult::sizeShows,
            c -> format(" by %.3f", c.small().mean() - c.corrected().mean())),
        "Enlarge lattice.small.");
  }

  private void addDirect(ConditionResult condition) {
    String name = condition.condition();
    double enough = FEW_RELAXATION_TIMES / condition.amount().relaxationTimes();
    addRelaxation(
        condition,
        "direct runs",
        remedies.lengthen(Remedies.Runs.DIRECT, name, enough > TWICE ? enough : TWICE),
        Settled::directRuns);
    if (Double.isNaN(condition.amount().relaxationTimes())) {
      say(
          Gravity.NOT_CHECKED,
          name
              + ": no observable moves clearly enough to tell how many relaxation times a direct"
              + " run covers.");
    } else if (condition.amount().relaxationTimes() < FEW_RELAXATION_TIMES) {
      say(
          Gravity.DIRECT,
          format(
              "%s: a direct run covers only %.1f relaxation times (%.0f are advised). %s",
              name,
              condition.amount().relaxationTimes(),
              FEW_RELAXATION_TIMES,
              remedies.lengthen(Remedies.Runs.DIRECT, name, enough)));
    }
    say(
        Gravity.DIFFERS,
        condition,
        "prediction and direct simulation differ by more than allowed",
        names(condition, c -> c.verdict() == Verdict.OVER),
        "Where neither chance nor another note explains it, make the small system larger"
            + " (lattice.small).");
    say(
        Gravity.DIFFERS,
        condition,
        "intervals are wider than three standard deviations of the system in equilibrium, too wide to"
            + " say whether the prediction is right",
        names(condition, c -> c.verdict() == Verdict.WIDE),
        "Raise simulate.runs and evolve.samples.");
    // Late means may hold where the path to them does not.
    say(
        Gravity.PATH,
        condition,
        "paths of prediction and direct simulation differ by more than their intervals; predicted over"
            + " direct time of 50, 75, 90 %",
        list(condition, c -> c.pathVerdict() == Verdict.OVER, c -> off(c.path())),
        "Draw pairs along the path (upsample.draw: log_times), make them longer (evolve.duration), or"
            + " observe more.");
    // Not for want of an interval or a tolerance, which is said once for all.
    say(
        Gravity.NOT_COMPARED,
        condition,
        "a standard error is unknown: not compared",
        names(
            condition,
            c -> c.verdict() == Verdict.NONE && Double.isNaN(c.comparison().combinedError())),
        "Raise train.models and direct.runs.");
  }

  private static String off(PathComparison path) {
    return format(
        " %.2f %.2f %.2f",
        path.half().ratio(), path.threeQuarters().ratio(), path.ninety().ratio());
  }

  /** What the intervals do not hold, or why there are none, and what to do. */
  private void addIntervals(Evaluation evaluation) {
    Resampling resampling = evaluation.resampling();
    if (!resampling.resampled()) {
      say(
          Gravity.INTERVALS,
          resampling.sentence()
              + " Set train.models to 8 (and train.resample to groups) for one, or"
              + " evaluate.tolerance for verdicts without.");
    } else if (resampling.unit() != Resampling.Unit.RUNS) {
      say(Gravity.INTERVALS, "Intervals are too narrow: " + resampling.sentence());
    } else if (resampling.units() < FEW_GROUPS) {
      say(
          Gravity.INTERVALS,
          "Intervals are rough: " + resampling.sentence() + " Raise simulate.runs.");
    }
  }

  private void addRelaxation(
      ConditionResult condition, String what, String remedy, Function<Settled, Relaxation> which) {
    Map<String, Relaxation> known = new LinkedHashMap<>();
    for (ComponentResult component : condition.components()) {
      if (which.apply(component.settled()).known()) {
        known.put(component.observable(), which.apply(component.settled()));
      }
    }
    String name = condition.condition();
    String failures = Relaxation.failures(known);
    if (known.isEmpty()) {
      say(
          Gravity.NOT_CHECKED,
          name + ": whether the " + what + " are equilibrated was not checked.");
    } else if (!failures.isEmpty()) {
      say(
          Gravity.NOT_EQUILIBRATED,
          format("%s: the %s are not equilibrated: %s. %s", name, what, failures, remedy));
    }
  }

  private void addDrifting(ConditionResult condition) {
    say(
        Gravity.NOT_EQUILIBRATED,
        condition,
        "the prediction still drifts in its second half, or is too short to tell",
        names(condition, c -> !c.settled().predicted().stationary()),
        remedies.predictLonger());
  }

  private static String names(ConditionResult condition, Predicate<ComponentResult> chosen) {
    return list(condition, chosen, c -> "");
  }

  private static String list(
      ConditionResult condition,
      Predicate<ComponentResult> chosen,
      Function<ComponentResult, String> said) {
    return condition.components().stream()
        .filter(chosen)
        .map(c -> c.observable() + said.apply(c))
        .collect(Collectors.joining(", "));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
