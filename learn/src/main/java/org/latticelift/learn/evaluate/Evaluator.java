package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.learn.evaluate.AveragesTable.SmallRuns;
import org.latticelift.learn.evaluate.ComponentResult.Direct;
import org.latticelift.learn.evaluate.ComponentResult.Predicted;
import org.latticelift.learn.evaluate.ComponentResult.RelaxationTimes;
import org.latticelift.learn.evaluate.ComponentResult.Settled;
import org.latticelift.learn.evaluate.ComponentResult.Stationarity;
import org.latticelift.learn.evaluate.ConditionResult.Amount;
import org.latticelift.learn.evaluate.ConditionResult.SumRules;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.evaluate.MeasuredRelaxation.Relaxation;
import org.latticelift.learn.judgement.Comparison;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.CommonTimes.DirectRecords;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.statistics.LateAverages.LateMean;
import org.latticelift.sim.system.Macroscopics.LinearRelation;

/** Compares the prediction for a condition with direct runs. */
final class Evaluator {
  private static final int TIMES_OF_DISCREPANCY = 400;
  private static final int TRAJECTORIES_OF_COMPARISON = 200;

  /**
   * Half of an interval that holds nearly all states of the system in equilibrium, in their
   * standard deviations: an answer that is no narrower is none.
   */
  private static final double WIDEST = 3;

  /** Keys of bootstrap streams beside those of components. */
  private static final long PHYSICAL = -1;

  private static final long LATENT = -2;
  private static final long DISCREPANCY = -3;

  private final List<String> observables;
  private final EvaluateConfig spec;
  private final SumRuleResiduals rules;
  private final Streams streams;
  private final Coordinates latent;

  /**
   * @param observables names, in the order of the components
   * @param rules of the observables
   */
  Evaluator(
      List<String> observables,
      EvaluateConfig spec,
      SumRuleResiduals rules,
      Coordinates latent,
      Streams streams) {
    this.latent = latent;
    this.observables = observables;
    this.spec = spec;
    this.rules = rules;
    this.streams = streams;
  }

  static Evaluator of(
      SdeModel model, EvaluateConfig spec, List<LinearRelation> relations, long seed) {
    return new Evaluator(
        model.map().observables(),
        spec,
        new SumRuleResiduals(relations),
        Coordinates.latent(model),
        new Streams(seed));
  }

  /** What sum rules are short of zero by, on average; NaN where there are none. */
  double meanDeficit() {
    return rules.meanDeficit();
  }

  /**
   * @param starts means of initial states by observable; empty where they are not known
   * @param runs direct runs; empty if there are none
   * @param small by observable, what the small-system runs say, where they do
   * @param task index of the condition, for the bootstrap streams
   */
  ConditionResult evaluate(
      Prediction prediction,
      double[] starts,
      List<TimeSeries> runs,
      Calibration calibration,
      Map<String, SmallRuns> small,
      long task) {
    Optional<LateAverages> late =
        runs.isEmpty()
            ? Optional.empty()
            : Optional.of(new DirectRecords(runs).late(observables.size()));
    List<ComponentResult> components = new ArrayList<>();
    for (int c = 0; c < observables.size(); c++) {
      SmallRuns own = small.getOrDefault(observables.get(c), SmallRuns.UNKNOWN);
      double start = c < starts.length ? starts[c] : Double.NaN;
      components.add(component(prediction, runs, late, own, c, start, task));
    }
    double[] predicted = components.stream().mapToDouble(c -> c.predicted().mean()).toArray();
    double[] direct = components.stream().mapToDouble(c -> c.direct().mean()).toArray();
    return new ConditionResult(
        prediction.condition(),
        prediction.value(),
        components,
        new SumRules(rules.residual(predicted), rules.residual(direct)),
        trajectoryError(
            prediction,
            runs,
            Coordinates.physical(observables),
            streams.stream(Purpose.BOOTSTRAP, task, PHYSICAL)),
        trajectoryError(prediction, runs, latent, streams.stream(Purpose.BOOTSTRAP, task, LATENT)),
        discrepancy(prediction, runs, streams.stream(Purpose.BOOTSTRAP, task, DISCREPANCY)),
        calibration,
        new Amount(
            prediction.mean().end() - prediction.mean().start(),
            runs.stream().mapToDouble(run -> run.end() - run.start()).sum(),
            runs.size(),
            late.map(averages -> (double) averages.dropped()).orElse(Double.NaN),
            relaxationTimes(components, runs),
            prediction.extrapolated()));
  }

  private ComponentResult component(
      Prediction prediction,
      List<TimeSeries> runs,
      Optional<LateAverages> averages,
      SmallRuns small,
      int c,
      double start,
      long task) {
    Predicted predicted =
        new Predicted(
            prediction.lateMean(c),
            prediction.lateMeanUncertainty(c),
            prediction.lateDeviation(c),
            prediction.lateDeviationUncertainty(c));
    Direct direct = Direct.NONE;
    double directRelaxation = Double.NaN;
    Interval interval = Interval.NONE;
    PathComparison path = PathComparison.of(prediction, c, start);
    Stationarity stationarity = Stationarity.UNKNOWN;
    Relaxation relaxed = Relaxation.UNKNOWN;
    if (averages.isPresent()) {
      LateMean late = averages.get().observables().get(c);
      DirectRecords records = new DirectRecords(runs);
      double mean = late.mean().mean();
      double deviation = records.deviation(c, averages.get());
      direct =
          new Direct(
              mean,
              late.error(),
              late.halfWidth(),
              deviation,
              records.deviationHalfWidth(c, averages.get()),
              records.correlation(c, averages.get()));
      MeasuredRelaxation measured = MeasuredRelaxation.of(runs, c, mean, deviation);
      directRelaxation = measured.time();
      interval = measured.interval(streams.stream(Purpose.BOOTSTRAP, task, c));
      path = PathComparison.of(prediction, runs, c, mean, deviation, start);
      stationarity = Stationarity.of(late.drift());
      relaxed = Relaxation.of(late.failed());
    }
    double tolerance = spec.allowed(prediction.condition());
    return new ComponentResult(
        observables.get(c),
        predicted,
        small.late(),
        direct,
        Comparison.of(predicted.estimate(), direct.estimate(), tolerance)
            .within(predicted.estimate(), WIDEST * direct.deviation()),
        new RelaxationTimes(
            prediction.relaxation(c),
            prediction.relaxationUncertainty(c),
            directRelaxation,
            interval),
        Double.isNaN(tolerance) ? path : path.unjudged(),
        new Settled(
            predictedStationarity(prediction, c), stationarity, small.relaxation(), relaxed),
        small.corrected(),
        small.training());
  }

  private Stationarity predictedStationarity(Prediction prediction, int c) {
    List<double[]> late =
        prediction.models().means().stream()
            .map(model -> model.column(c))
            .map(all -> Arrays.copyOfRange(all, all.length / 2, all.length))
            .toList();
    return Stationarity.of(late, spec.stationaryThreshold());
  }

  private static TrajectoryError trajectoryError(
      Prediction prediction, List<TimeSeries> runs, Coordinates in, RandomStream stream) {
    double[] grid = runs.isEmpty() ? new double[0] : CommonTimes.of(prediction.mean(), runs);
    if (grid.length < 2) {
      return TrajectoryError.NONE;
    }
    return TrajectoryError.of(
        in.at(prediction.mean(), grid),
        in.at(some(prediction.trajectories()), grid),
        in.at(runs, grid),
        stream);
  }

  /** At most so many, evenly spread, so that all models are among them. */
  private static List<TimeSeries> some(List<TimeSeries> trajectories) {
    int step = 1 + (trajectories.size() - 1) / TRAJECTORIES_OF_COMPARISON;
    return IntStream.range(0, trajectories.size())
        .filter(i -> i % step == 0)
        .mapToObj(trajectories::get)
        .toList();
  }

  private Discrepancy discrepancy(
      Prediction prediction, List<TimeSeries> runs, RandomStream stream) {
    double[] all = runs.size() < 2 ? new double[0] : CommonTimes.of(prediction.mean(), runs);
    List<TimeSeries> trajectories = some(prediction.trajectories());
    if (trajectories.size() < 2 || all.length == 0) {
      return Discrepancy.NONE;
    }
    int step = 1 + (all.length - 1) / TIMES_OF_DISCREPANCY;
    double[] grid =
        IntStream.range(0, all.length)
            .filter(i -> i % step == 0)
            .mapToDouble(i -> all[i])
            .toArray();
    return Discrepancy.of(latent, trajectories, runs, grid, stream);
  }

  /**
   * Duration of the shortest run over the longest relaxation time: of the prediction, whose curves
   * are smooth, or of the direct runs where the prediction has none.
   */
  private static double relaxationTimes(List<ComponentResult> components, List<TimeSeries> runs) {
    double predicted = longest(components, c -> c.relaxation().predicted());
    double longest =
        Double.isNaN(predicted) ? longest(components, c -> c.relaxation().direct()) : predicted;
    double shortest =
        runs.stream().mapToDouble(run -> run.end() - run.start()).min().orElse(Double.NaN);
    return shortest / longest;
  }

  private static double longest(
      List<ComponentResult> components, ToDoubleFunction<ComponentResult> time) {
    return components.stream().mapToDouble(time).filter(Double::isFinite).max().orElse(Double.NaN);
  }

  /**
   * How well observables obey the linear relations of their system, such as the sum rules of pair
   * order parameters.
   *
   * @param relations none where the system has no such rules
   */
  record SumRuleResiduals(List<LinearRelation> relations) {
    /**
     * What the sums are short of zero by, on average: in an alloy the vacancies next to an atom;
     * NaN without rules.
     */
    double meanDeficit() {
      return relations.isEmpty()
          ? Double.NaN
          : -relations.stream().mapToDouble(LinearRelation::constant).average().orElseThrow();
    }

    /**
     * Largest difference of a weighted sum and its constant, in units of the observables; NaN
     * without rules.
     */
    double residual(double[] values) {
      double largest = relations.isEmpty() ? Double.NaN : 0;
      for (LinearRelation relation : relations) {
        largest = Math.max(largest, Math.abs(relation.residual(values)));
      }
      return largest;
    }
  }
}
