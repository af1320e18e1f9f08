package org.latticelift.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.latticelift.statistics.BlockedMean;
import org.latticelift.statistics.Equilibration;

/**
 * Averages over the late records of all runs of a condition. Over records at equal times they are
 * averages over time, over records after equal numbers of events they are averages over events
 * (DI-53).
 *
 * @param records of every run, the initial one included
 * @param dropped leading records of every run that belong to the transient of some observable
 * @param lateRecords records after them, all runs together
 * @param observables mean and error of each observable
 * @param secondsPerEvent of the late parts of all runs: time over events; NaN without events
 * @param relaxed whether the transient of every observable ended in the first third, its error is
 *     resolved, the two halves of the late part agree within {@link #DRIFT} standard errors, and
 *     the runs have forgotten their beginnings: their means differ by no more than the values of a
 *     run
 */
record ConditionAverages(
    int records,
    int dropped,
    long lateRecords,
    List<BlockedMean> observables,
    double secondsPerEvent,
    boolean relaxed) {
  /**
   * Of stationary runs, about 1 % are called not relaxed for an observable; of runs that drift by
   * twice the standard deviation of a record, 1 % are called relaxed (eight runs of 400 records,
   * correlation time five records).
   */
  private static final double DRIFT = 3;

  /**
   * Averages the first records of runs that share their times.
   *
   * @param runs all runs of a condition
   * @param records how many records of each are looked at, the initial one included
   * @param components observables per record
   */
  static ConditionAverages of(List<Trajectory> runs, int records, int components) {
    int dropped = 0;
    boolean relaxed = true;
    for (int c = 0; c < components; c++) {
      Equilibration found = Equilibration.of(columns(runs, c, 0, records));
      dropped = Math.max(dropped, found.dropped());
      relaxed &= found.found();
    }
    List<BlockedMean> means = new ArrayList<>();
    for (int c = 0; c < components; c++) {
      BlockedMean mean = BlockedMean.of(columns(runs, c, dropped, records));
      means.add(mean);
      relaxed &= mean.resolved() && steady(runs, c, dropped, records);
      relaxed &= mixed(columns(runs, c, dropped, records));
    }
    return new ConditionAverages(
        records,
        dropped,
        (long) runs.size() * (records - dropped),
        List.copyOf(means),
        secondsPerEvent(runs, dropped, records - 1),
        relaxed);
  }

  /** The halves have errors of their own, which a drift raises less than that of the whole. */
  private static boolean steady(List<Trajectory> runs, int component, int from, int to) {
    int half = (to - from) / 2;
    if (half == 0) {
      return false;
    }
    BlockedMean first = BlockedMean.of(columns(runs, component, from, from + half));
    BlockedMean second = BlockedMean.of(columns(runs, component, to - half, to));
    double error = Math.hypot(first.error(), second.error());
    return Math.abs(second.mean() - first.mean()) <= DRIFT * error;
  }

  /**
   * Variance of the means of runs against that within runs (after A. Gelman and D. B. Rubin, Stat.
   * Sci. 7 (1992) 457). Runs that are trapped where they began are stationary, but not mixed.
   */
  private static boolean mixed(List<double[]> runs) {
    if (runs.size() == 1) {
      return true;
    }
    double[] means =
        runs.stream().mapToDouble(run -> Arrays.stream(run).average().orElseThrow()).toArray();
    double within = runs.stream().mapToDouble(ConditionAverages::variance).average().orElseThrow();
    return variance(means) * means.length / (means.length - 1) <= within;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static List<double[]> columns(List<Trajectory> runs, int component, int from, int to) {
    return runs.stream().map(run -> run.column(component, from, to)).toList();
  }

  private static double secondsPerEvent(List<Trajectory> runs, int from, int last) {
    double seconds = 0;
    long events = 0;
    for (Trajectory run : runs) {
      seconds += run.time(last) - run.time(from);
      events += run.jumps(last) - run.jumps(from);
    }
    return seconds / events;
  }

  /** NaN if an error is unknown. */
  double largestError() {
    return observables.stream().mapToDouble(BlockedMean::error).max().orElse(0);
  }
}
