package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import org.latticelift.learn.evaluate.Discrepancy.EmpiricalDistribution;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * How far the late values of an observable are from those of direct runs (PT-75, PT-83). Intervals
 * come from resampled trajectories and runs; for them the values are counted between the quantiles
 * of all of them, which changes a distance by less than a thousandth.
 *
 * @param one of predictions
 * @param other of direct runs
 */
record LateDistance(EquilibriumValues one, EquilibriumValues other) {
  private static final int BINS = 2000;

  /** The floor of the distance of anything from direct runs: one half of them from the other. */
  static LateDistance ofHalves(EquilibriumValues runs) {
    return new LateDistance(runs.half(0), runs.half(1));
  }

  /** A distance with its interval; NaN where there are no trajectories. */
  Measured measured(
      ToDoubleBiFunction<EmpiricalDistribution, EmpiricalDistribution> distance, long seed) {
    double[] ones = one.pooled();
    double[] others = other.pooled();
    if (ones.length == 0 || others.length == 0) {
      return Measured.whole(Double.NaN, Interval.NONE);
    }
    double value =
        distance.applyAsDouble(EmpiricalDistribution.of(ones), EmpiricalDistribution.of(others));
    double[] bins = bins(ones, others);
    List<double[][]> counts = counted(one, bins);
    List<double[][]> otherCounts = counted(other, bins);
    RandomStream runs = new Streams(seed).stream(Purpose.BOOTSTRAP, 24);
    int[] chosenRuns = new int[other.units()];
    Interval interval =
        Bootstrap.interval(
            one.units(),
            chosen -> {
              Arrays.setAll(chosenRuns, i -> runs.below(chosenRuns.length));
              return distance.applyAsDouble(
                  sum(counts, chosen, bins), sum(otherCounts, chosenRuns, bins));
            },
            new Streams(seed).stream(Purpose.BOOTSTRAP, 23));
    return Measured.whole(value, interval).centred(0);
  }

  /** Quantiles of all values, ascending and different. */
  private static double[] bins(double[] ones, double[] others) {
    double[] all = Arrays.copyOf(ones, ones.length + others.length);
    System.arraycopy(others, 0, all, ones.length, others.length);
    Arrays.sort(all);
    double[] bins = new double[Math.min(BINS, all.length)];
    Arrays.setAll(bins, b -> all[(int) ((b + 1L) * all.length / bins.length) - 1]);
    return Arrays.stream(bins).distinct().toArray();
  }

  /** How many values of each trajectory are at most a bin and above the one before. */
  private static List<double[][]> counted(EquilibriumValues values, double[] bins) {
    return values.starts().stream()
        .map(rows -> Arrays.stream(rows).map(row -> counted(row, bins)).toArray(double[][]::new))
        .toList();
  }

  private static double[] counted(double[] row, double[] bins) {
    double[] counts = new double[bins.length];
    for (double value : row) {
      int at = Arrays.binarySearch(bins, value);
      counts[at < 0 ? -at - 1 : at]++;
    }
    return counts;
  }

  private static EmpiricalDistribution sum(List<double[][]> starts, int[] chosen, double[] bins) {
    double[] counts = new double[bins.length];
    for (double[][] rows : starts) {
      for (int run : chosen) {
        if (run < rows.length) {
          Arrays.setAll(counts, b -> counts[b] + rows[run][b]);
        }
      }
    }
    return new EmpiricalDistribution(bins, counts);
  }
}
