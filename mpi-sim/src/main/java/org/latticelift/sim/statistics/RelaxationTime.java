package org.latticelift.sim.statistics;

import java.util.Arrays;
import java.util.List;

/**
 * How long an observable takes to equilibrate: to cover 63 % of the distance from its start to its
 * equilibrium mean. Where it starts within its fluctuations there is no distance; then it is the
 * integrated autocorrelation time of the second halves, which needs longer runs for the same
 * precision.
 *
 * @param steps in intervals between records; NaN where the records are too few to tell
 * @param resolved whether the runs are long against it; else it is a lower bound
 */
public record RelaxationTime(double steps, boolean resolved) {
  /** A start is away from the equilibrium mean by more deviations of a single run. */
  private static final double AWAY = 4;

  private static final double LONG_AGAINST_PATH = 8;
  private static final double LONG_AGAINST_CORRELATION = 32;

  /**
   * From runs of the same process from initial states ({@code runs}: values of one observable at
   * equal intervals, all of one length, the initial ones first; not modified).
   */
  public static RelaxationTime of(List<double[]> runs) {
    int length = runs.get(0).length;
    CorrelatedMean late =
        CorrelatedMean.of(
            runs.stream().map(run -> Arrays.copyOfRange(run, length / 2, length)).toList());
    double distance = mean(runs, 0) - late.mean();
    boolean away = Math.abs(distance) > AWAY * late.deviation();
    double steps =
        away ? arrival(runs, late.mean() + distance / Math.E, distance) : late.correlation();
    double needed = steps * (away ? LONG_AGAINST_PATH : LONG_AGAINST_CORRELATION);
    return new RelaxationTime(steps, (away || late.resolved()) && needed < length);
  }

  /** When the mean of the runs first crosses a level, between two records. */
  private static double arrival(List<double[]> runs, double level, double distance) {
    double before = mean(runs, 0);
    for (int i = 1; i < runs.get(0).length; i++) {
      double now = mean(runs, i);
      if ((now - level) * Math.signum(distance) <= 0) {
        return i - 1 + (before - level) / (before - now);
      }
      before = now;
    }
    return Double.NaN;
  }

  private static double mean(List<double[]> runs, int record) {
    return runs.stream().mapToDouble(run -> run[record]).average().orElse(0);
  }
}
