package org.latticelift.learn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.latticelift.io.output.ResultTable;
import org.latticelift.learn.evaluate.ComponentResult;
import org.latticelift.learn.evaluate.ConditionResult;
import org.latticelift.learn.evaluate.Evaluation;
import org.latticelift.learn.judgement.Comparison;
import org.latticelift.sim.system.Extent;

/**
 * What the prediction adds to the small-system mean, which costs nothing beside the small runs and
 * which many users take for an answer.
 *
 * @param evaluation the results
 * @param small size that was simulated
 * @param large size that is predicted
 */
record AddedValue(Evaluation evaluation, Extent small, Extent large) {
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
            "%d of %d predicted equilibrium means agree with the equilibrium mean of the"
                + " small-system runs within twice the combined standard error%s.",
            same,
            known,
            all.isEmpty() ? "" : " (all at " + all + ")");
    return same == 0
        ? found
        : found + " There the prediction adds nothing to the equilibrium means of the small runs.";
  }

  /** An example of the first observable that has one. */
  private String fluctuation() {
    for (ConditionResult condition : evaluation.conditions()) {
      for (ComponentResult c : condition.components()) {
        if (Double.isFinite(c.small().deviation()) && Double.isFinite(c.predicted().deviation())) {
          return String.format(
              Locale.ROOT,
              " (equilibrium standard deviation of %s at %s: %.3g, in the small system %.3g)",
              c.observable(),
              condition.condition(),
              c.predicted().deviation(),
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
    return Comparison.withinErrors(c.predicted().estimate(), c.small().estimate()).agrees();
  }

  private long count(Predicate<ComponentResult> which) {
    return evaluation.conditions().stream()
        .flatMap(c -> c.components().stream())
        .filter(which)
        .count();
  }

  /**
   * Root mean square differences to direct simulation over the observables of a condition; empty
   * without direct runs or without small runs.
   */
  Optional<ResultTable> againstDirect() {
    ResultTable table =
        new ResultTable(
            "condition",
            "prediction",
            "small-system mean",
            "corrected for its size",
            "errors of the small mean and direct");
    for (ConditionResult condition : evaluation.conditions()) {
      List<ComponentResult> compared =
          condition.components().stream()
              .filter(c -> known(c) && Double.isFinite(c.direct().mean()))
              .toList();
      if (!compared.isEmpty()) {
        table.row(
            condition.condition(),
            text(compared, c -> c.comparison().difference()),
            text(compared, c -> c.small().mean() - c.direct().mean()),
            text(compared, c -> c.corrected().mean() - c.direct().mean()),
            text(compared, c -> Math.hypot(c.small().error(), c.direct().error())));
      }
    }
    return table.rows().isEmpty() ? Optional.empty() : Optional.of(table.known());
  }

  private record Way(String name, double seconds, double error, String answers) {
    /** Until it is as sure as another one, as errors fall with the square root of the work. */
    double secondsFor(double other) {
      return seconds * Math.pow(error / other, 2);
    }
  }

  /**
   * What equilibrium means of this certainty cost otherwise (EX-59): by the small runs alone, and
   * by direct simulation of the large system. By the times of the run, root mean squares over
   * conditions and observables. Returns empty where something is not known.
   */
  Optional<ResultTable> costs(Map<String, Double> times) {
    List<Way> ways = ways(times);
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    double wanted = ways.get(0).error();
    return Optional.of(
        ResultTable.of(ways)
            .text("by", Way::name)
            .number("seconds", "%.3g", Way::seconds)
            .number("standard error (r.m.s.)", "%.4f", Way::error)
            .number("seconds for the first", "%.3g", way -> way.secondsFor(wanted))
            .text("answers", Way::answers)
            .table());
  }

  /**
   * Which of them is the cheapest: the small runs only where they differ from the prediction by no
   * more than its error. A sentence; empty where something is not known.
   */
  Optional<String> cheapest(Map<String, Double> times) {
    List<Way> ways = ways(times);
    return ways.stream()
        .filter(way -> way != ways.get(1) || difference() <= ways.get(0).error())
        .min(Comparator.comparingDouble(way -> way.secondsFor(ways.get(0).error())))
        .map(
            way ->
                String.format(
                    Locale.ROOT,
                    "For these equilibrium means alone %s would have been the cheapest answer of equal"
                        + " certainty; each further question to the model (another start, size or"
                        + " temperature programme in the trained range) costs some %.2g s.",
                    way.name(),
                    times.get("ensemble")));
  }

  /**
   * From how many questions on the method costs less than a direct simulation for each, of equal
   * certainty: a further question costs an ensemble. A sentence; empty where something is not
   * known.
   */
  Optional<String> questions(Map<String, Double> times) {
    List<Way> ways = ways(times);
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    Way method = ways.get(0);
    double direct = ways.get(2).secondsFor(method.error());
    double further = times.get("ensemble");
    if (direct <= further) {
      return Optional.of(
          "A direct simulation of the large system for each question costs less than the method,"
              + " however many there are.");
    }
    double questions = Math.ceil((method.seconds() - further) / (direct - further));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The method costs %.3g s once and %.2g s for each question, direct simulation of this"
                + " certainty %.3g s for each: the method pays from %.0f question%s on.",
            method.seconds() - further,
            further,
            direct,
            questions,
            questions == 1 ? "" : "s"));
  }

  /**
   * The smallest lattice whose equilibrium means could stand for those of the large one: that whose
   * difference to it, by 1/N from that of the small runs (EX-59), is the prediction's standard
   * error. As many events are as sure in any size. Returns a sentence; empty where something is not
   * known.
   */
  Optional<String> smallestSize(Map<String, Double> times) {
    List<Way> ways = ways(times);
    if (ways.isEmpty() || small.sites() >= large.sites()) {
      return Optional.empty();
    }
    double wanted = ways.get(0).error();
    double difference = difference();
    double most = 1.0 / small.sites();
    double least = 1.0 / large.sites();
    double sites = 1 / Math.min(most, least + wanted / difference * (most - least));
    return Double.isNaN(sites)
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The equilibrium means of the small runs differ from the predicted ones by %.2g"
                    + " (r.m.s. without the noise). If that falls as one over the number of sites, a"
                    + " lattice of %.2g sites differs by no more than the prediction's standard error"
                    + " of %.2g: it is the smallest in which direct simulation would answer as well,"
                    + " in some %.2g s after equilibration.",
                difference,
                sites,
                wanted,
                ways.get(1).secondsFor(wanted)));
  }

  /** R.m.s. of the predicted means less those of the small runs, without the noise of both. */
  private double difference() {
    double square =
        evaluation.conditions().stream()
            .flatMap(condition -> condition.components().stream())
            .filter(AddedValue::known)
            .mapToDouble(
                c ->
                    Math.pow(c.predicted().mean() - c.small().mean(), 2)
                        - Math.pow(c.predicted().uncertainty().error(), 2)
                        - Math.pow(c.small().error(), 2))
            .average()
            .orElse(Double.NaN);
    return Math.sqrt(Math.max(0, square));
  }

  /** The prediction first, then the small runs; none where something is not known. */
  private List<Way> ways(Map<String, Double> times) {
    if (!times.keySet().containsAll(List.of("simulate", "lift", "train", "ensemble", "direct"))) {
      return List.of();
    }
    double small = times.get("simulate");
    double learned = small + times.get("lift") + times.get("train") + times.get("ensemble");
    List<Way> ways = new ArrayList<>();
    ways.addAll(
        List.of(
            new Way(
                "the method",
                learned,
                error(c -> c.predicted().uncertainty().error()),
                "this, and other starts, sizes and temperature programmes"),
            new Way("small runs alone", small, error(c -> c.small().error()), "the small system"),
            new Way(
                "direct runs of the large system",
                times.get("direct"),
                error(c -> c.direct().error()),
                "this alone")));
    double corrected = error(c -> c.corrected().error());
    if (corrected > 0) {
      ways.add(
          new Way(
              "small runs corrected for their size",
              small + times.getOrDefault("evaluate", 0.0),
              corrected,
              "this alone, where one pair Hamiltonian holds at both sizes"));
    }
    return ways.stream().allMatch(way -> way.error() > 0) ? ways : List.of();
  }

  private double error(ToDoubleFunction<ComponentResult> error) {
    return Math.sqrt(
        evaluation.conditions().stream()
            .flatMap(condition -> condition.components().stream())
            .mapToDouble(c -> Math.pow(error.applyAsDouble(c), 2))
            .average()
            .orElse(Double.NaN));
  }

  private static String text(
      List<ComponentResult> compared, ToDoubleFunction<ComponentResult> value) {
    double square = compared.stream().mapToDouble(value).map(x -> x * x).average().orElseThrow();
    return ResultTable.number("%.4f", Math.sqrt(square));
  }
}
