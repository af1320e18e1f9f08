package org.latticelift.learn.series;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.learn.judgement.Estimate;
import org.latticelift.sim.statistics.LateAverages;
import org.latticelift.sim.statistics.LateAverages.LateMean;
import org.latticelift.sim.statistics.StudentQuantile;

/** The times at which a prediction is compared with direct runs (ME-89). */
public final class CommonTimes {
  private CommonTimes() {}

  /** The times of a prediction that every run covers; increasing times, possibly none. */
  public static double[] of(TimeSeries prediction, List<TimeSeries> runs) {
    double from = runs.stream().mapToDouble(TimeSeries::start).max().orElse(0);
    double to = runs.stream().mapToDouble(TimeSeries::end).min().orElse(0);
    double slack = 1e-9 * (to - from);
    return Arrays.stream(prediction.times())
        .filter(t -> t >= from - slack && t <= to + slack)
        .toArray();
  }

  /** The values of an observable of all runs at one time. */
  public static double[] at(List<TimeSeries> runs, double time, int component) {
    return runs.stream().mapToDouble(run -> run.at(time, component)).toArray();
  }

  /**
   * Direct runs of one condition as records at equal times. Records that have equal times are taken
   * as they are, so that means and errors are those of {@code direct.csv}; others, such as records
   * after equal numbers of events, are averaged over equal time bins, about one per record (DI-53).
   */
  public static final class DirectRecords {
    /** Rounding of recorded times, in intervals. */
    private static final double ROUNDING = 1e-6;

    private final List<TimeSeries> runs;
    private final int records;
    private final boolean equidistant;

    /**
     * @param runs at least one
     */
    public DirectRecords(List<TimeSeries> runs) {
      this.runs = runs;
      this.equidistant = runs.stream().allMatch(run -> equidistant(run, runs.get(0).length()));
      this.records = equidistant ? runs.get(0).length() : bins(runs);
    }

    private static boolean equidistant(TimeSeries run, int length) {
      double interval = interval(run);
      return run.length() == length
          && IntStream.range(0, length)
              .allMatch(
                  i -> Math.abs(run.time(i) - run.start() - i * interval) <= ROUNDING * interval);
    }

    private static int bins(List<TimeSeries> runs) {
      return runs.stream().mapToInt(run -> Math.max(1, run.length() - 1)).min().orElseThrow();
    }

    private static double interval(TimeSeries run) {
      return (run.end() - run.start()) / Math.max(1, run.length() - 1);
    }

    /** Averages over the records after the transient. */
    public LateAverages late(int components) {
      return LateAverages.of(IntStream.range(0, components).mapToObj(this::columns).toList());
    }

    public static Estimate estimate(LateMean mean) {
      return new Estimate(mean.mean().mean(), mean.error(), mean.halfWidth());
    }

    private List<double[]> columns(int component) {
      return runs.stream().map(run -> column(run, component)).toList();
    }

    private double[] column(TimeSeries run, int component) {
      return equidistant
          ? run.column(component)
          : run.binned(run.start(), run.end(), records, component);
    }

    /**
     * Standard deviation of single late records about the mean, corrected for the subtracted mean.
     */
    public double deviation(int component, LateAverages late) {
      LateMean found = late.observables().get(component);
      double mean = found.mean().mean();
      double share = (double) late.dropped() / records;
      double variance =
          runs.stream()
              .flatMapToDouble(
                  run ->
                      IntStream.range((int) (share * run.length()), run.length())
                          .mapToDouble(i -> run.value(i, component)))
              .map(value -> (value - mean) * (value - mean))
              .average()
              .orElseThrow();
      double error = found.error();
      return Double.isNaN(error) ? Math.sqrt(variance) : Math.hypot(Math.sqrt(variance), error);
    }

    /**
     * Half of the 95 % interval of {@link #deviation}, from the mean squares of single runs, which
     * are independent of each other; NaN for one run.
     */
    public double deviationHalfWidth(int component, LateAverages late) {
      int n = runs.size();
      double mean = late.observables().get(component).mean().mean();
      double share = (double) late.dropped() / records;
      double[] square =
          runs.stream()
              .mapToDouble(
                  run ->
                      IntStream.range((int) (share * run.length()), run.length())
                          .mapToDouble(i -> Math.pow(run.value(i, component) - mean, 2))
                          .average()
                          .orElseThrow())
              .toArray();
      double centre = Arrays.stream(square).average().orElseThrow();
      double spread = Arrays.stream(square).map(s -> (s - centre) * (s - centre)).sum();
      return n < 2
          ? Double.NaN
          : StudentQuantile.of(n - 1.0) * Math.sqrt(spread / (n * (n - 1.0)) / centre) / 2;
    }

    /** Integrated autocorrelation time: half the time between independent records. */
    public double correlation(int component, LateAverages late) {
      long count = (long) runs.size() * (records - late.dropped());
      double interval =
          runs.stream().mapToDouble(run -> run.end() - run.start()).average().orElseThrow()
              / Math.max(1, equidistant ? records - 1 : records);
      return late.observables().get(component).correlation(count) * interval;
    }
  }
}
