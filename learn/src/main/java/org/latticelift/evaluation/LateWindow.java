package org.latticelift.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The late part of several direct runs: every run after the same share of its duration, cut into
 * equal time bins, about one per record, whose averages are weighted by time (DI-53).
 */
final class LateWindow {
  private final List<TimeSeries> runs;
  private final double burnIn;
  private final double width;

  /**
   * @param runs direct runs of one condition
   * @param burnIn share of every run that is left out, in [0,1)
   */
  LateWindow(List<TimeSeries> runs, double burnIn) {
    this.runs = runs;
    this.burnIn = burnIn;
    this.width =
        runs.stream()
            .mapToDouble(run -> (run.end() - run.start()) / Math.max(1, run.length() - 1))
            .max()
            .orElseThrow();
  }

  double from(TimeSeries run) {
    return run.start() + burnIn * (run.end() - run.start());
  }

  /** Width of a bin, s: the coarsest mean record interval of the runs. */
  double width() {
    return width;
  }

  /** Total late time of all runs, s. */
  double duration() {
    return runs.stream().mapToDouble(run -> run.end() - from(run)).sum();
  }

  List<double[]> bins(int component) {
    return runs.stream().map(run -> bins(run, component)).toList();
  }

  private double[] bins(TimeSeries run, int component) {
    double from = from(run);
    int count = (int) Math.max(1, Math.round((run.end() - from) / width));
    return run.binned(from, run.end(), count, component);
  }

  /** Standard deviation of single records about the mean, corrected for the subtracted mean. */
  double deviation(int component, CorrelatedMean mean) {
    double[] squares =
        runs.stream()
            .flatMapToDouble(run -> late(run, component))
            .map(value -> (value - mean.mean()) * (value - mean.mean()))
            .toArray();
    double variance = Arrays.stream(squares).average().orElse(Double.NaN);
    double bias = Double.isNaN(mean.error()) ? 0 : mean.error() * mean.error();
    return Math.sqrt(variance + bias);
  }

  private java.util.stream.DoubleStream late(TimeSeries run, int component) {
    double from = from(run);
    return IntStream.range(0, run.length())
        .filter(i -> run.time(i) >= from)
        .mapToDouble(i -> run.value(i, component));
  }
}
