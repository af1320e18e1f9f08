package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.latticelift.learn.ensemble.Uncertainty;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.learn.judgement.IntervalCheck;
import org.latticelift.learn.series.CommonTimes;
import org.latticelift.learn.series.CommonTimes.DirectRecords;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.statistics.LateAverages;

/** Pairs predicted means with those of direct runs, to count how often intervals hold. */
public final class IntervalChecks {
  /** Number of times of a path that are compared. */
  private static final int POINTS = 5;

  /** Smallest step that is followed, as a share of the range: means have noise. */
  private static final double CHANGE = 0.02;

  private IntervalChecks() {}

  /**
   * Equilibrium means of some observables of one condition ({@code runs}: direct runs, at least
   * one).
   */
  public static List<IntervalCheck> late(
      Prediction prediction, List<TimeSeries> runs, List<String> observables, int[] chosen) {
    LateAverages late = new DirectRecords(runs).late(observables.size());
    return Arrays.stream(chosen)
        .mapToObj(
            c ->
                new IntervalCheck(
                    prediction.condition(),
                    observables.get(c),
                    OptionalDouble.empty(),
                    prediction.lateMean(c),
                    prediction.lateMeanUncertainty(c),
                    DirectRecords.estimate(late.observables().get(c))))
        .toList();
  }

  /** Means at five times of the path of one condition ({@code runs}: direct, at least two). */
  public static List<IntervalCheck> along(
      Prediction prediction, List<TimeSeries> runs, List<String> observables, int[] chosen) {
    return along(
        prediction.condition(),
        prediction.mean(),
        prediction::uncertainty,
        runs,
        observables,
        chosen);
  }

  /**
   * Means at five times of the path of one condition or schedule. The times divide the predicted
   * change, forth and back, of all chosen observables into equal parts, so they do not depend on
   * the direct runs and do not count an equilibrium five times ({@code predicted}: mean, whose
   * times begin with those of the runs; {@code uncertainty}: of an observable at a time; {@code
   * runs}: direct runs, at least two).
   */
  public static List<IntervalCheck> along(
      String condition,
      TimeSeries predicted,
      BiFunction<Double, Integer, Uncertainty> uncertainty,
      List<TimeSeries> runs,
      List<String> observables,
      int[] chosen) {
    double[] grid = CommonTimes.of(predicted, runs);
    double[][] mean =
        Arrays.stream(chosen).mapToObj(c -> predicted.at(grid, c)).toArray(double[][]::new);
    List<IntervalCheck> checks = new ArrayList<>();
    for (int at : points(mean)) {
      for (int i = 0; i < chosen.length; i++) {
        checks.add(
            new IntervalCheck(
                condition,
                observables.get(chosen[i]),
                OptionalDouble.of(grid[at] - grid[0]),
                mean[i][at],
                uncertainty.apply(grid[at], chosen[i]),
                Estimate.ofRuns(CommonTimes.at(runs, grid[at], chosen[i]))));
      }
    }
    return checks;
  }

  /** Records at which one, two ... fifths of the whole change are made, without repetition. */
  private static int[] points(double[][] mean) {
    int records = mean[0].length;
    double[] made = new double[records];
    for (double[] curve : mean) {
      double range =
          Arrays.stream(curve).max().orElseThrow() - Arrays.stream(curve).min().orElseThrow();
      double followed = curve[0];
      double sum = 0;
      for (int r = 0; range > 0 && r < records; r++) {
        double step = Math.abs(curve[r] - followed);
        if (step >= CHANGE * range) {
          sum += step / range;
          followed = curve[r];
        }
        made[r] += sum;
      }
    }
    int[] points = new int[POINTS];
    for (int p = 0; p < POINTS; p++) {
      double wanted = made[records - 1] * (p + 1) / POINTS;
      while (points[p] < records - 1 && made[points[p]] < wanted) {
        points[p]++;
      }
    }
    return Arrays.stream(points).filter(p -> p > 0).distinct().toArray();
  }
}
