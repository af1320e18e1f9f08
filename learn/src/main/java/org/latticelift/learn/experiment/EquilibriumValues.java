package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.statistics.CorrelatedMean;

/**
 * The second half of an observable in all trajectories (PT-51), for numbers that are sums over
 * trajectories. Those of equal number share their noise, whatever they start from, so they are
 * resampled together ({@code starts}: one for each initial state: a row per trajectory; not
 * modified).
 */
record EquilibriumValues(List<double[][]> starts) {
  private static final double STEPS = 1e4;

  /** Groups of trajectories that are left out in turn. */
  private static final int GROUPS = 10;

  /** Memories in a trajectory; in shorter ones its end is not seen. */
  private static final int ENOUGH = 20;

  /** Half of a 95 % interval in standard errors. */
  private static final double ERRORS = 1.96;

  static EquilibriumValues of(List<Curves> all, int component) {
    return new EquilibriumValues(all.stream().map(curves -> late(curves, component)).toList());
  }

  static double[][] late(Curves curves, int component) {
    int half = curves.time().length / 2;
    double[][] late = new double[curves.size()][curves.time().length - half];
    for (int run = 0; run < late.length; run++) {
      double[] values = curves.values()[run];
      Arrays.setAll(late[run], i -> values[(half + i) * curves.components() + component]);
    }
    return late;
  }

  int units() {
    return starts.stream().mapToInt(rows -> rows.length).max().orElse(0);
  }

  double[] pooled() {
    return starts.stream().flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
  }

  /** Every other trajectory, from the first or the second on. */
  EquilibriumValues half(int first) {
    return new EquilibriumValues(
        starts.stream()
            .map(
                rows ->
                    IntStream.range(0, rows.length)
                        .filter(run -> run % 2 == first)
                        .mapToObj(run -> rows[run])
                        .toArray(double[][]::new))
            .toList());
  }

  /** Mean of the absolute value (PT-52). */
  Measured absMean(long seed) {
    return ofMoments(m -> m.abs, seed, 19);
  }

  /** Susceptibility (PT-52): n / T (mean of squares - square of the mean absolute value). */
  Measured susceptibility(double sites, double temperature, long seed) {
    return ofMoments(m -> sites / temperature * (m.square - m.abs * m.abs), seed, 20);
  }

  /** Cumulant of Binder (PT-52): 1 - mean fourth power / (3 squared mean square). */
  Measured binder(long seed) {
    return ofMoments(m -> 1 - m.fourth / (3 * m.square * m.square), seed, 21);
  }

  /** Changes of sign from record to record, in ten thousand records (PT-75). */
  Measured reversals(long seed) {
    return ofMoments(m -> STEPS * m.reversals, seed, 22);
  }

  /**
   * Integrated autocorrelation time of the absolute value: how long it is remembered. Its error is
   * that of leaving out a tenth of the trajectories at a time.
   *
   * @return in its unit; NaN where trajectories are shorter than twenty of it
   */
  Measured correlationTime(double interval) {
    List<double[]> rows =
        starts.stream().flatMap(Arrays::stream).map(EquilibriumValues::abs).toList();
    int groups = Math.min(GROUPS, rows.size());
    double[] without = new double[groups];
    Arrays.setAll(without, g -> interval * memory(every(rows, i -> i % groups != g)));
    double mean = Arrays.stream(without).average().orElse(Double.NaN);
    double square = Arrays.stream(without).map(t -> Math.pow(t - mean, 2)).sum();
    double half = ERRORS * Math.sqrt((groups - 1.0) / groups * square);
    double value = interval * memory(rows);
    boolean unknown = groups < 2 || Double.isNaN(half);
    return Measured.whole(value, unknown ? Interval.NONE : Interval.about(value, half));
  }

  /** In records; NaN where it is not resolved. */
  private static double memory(List<double[]> rows) {
    if (rows.isEmpty()) {
      return Double.NaN;
    }
    CorrelatedMean of = CorrelatedMean.of(rows);
    return of.resolved() && rows.get(0).length >= ENOUGH * of.correlation()
        ? of.correlation()
        : Double.NaN;
  }

  private static double[] abs(double[] row) {
    return Arrays.stream(row).map(Math::abs).toArray();
  }

  private static List<double[]> every(List<double[]> rows, IntPredicate which) {
    return IntStream.range(0, rows.size()).filter(which).mapToObj(rows::get).toList();
  }

  /** Means over values; of reversals over the steps from record to record. */
  private record Moments(double abs, double square, double fourth, double reversals) {}

  private Measured ofMoments(ToDoubleFunction<Moments> number, long seed, int task) {
    List<double[][]> sums = starts.stream().map(EquilibriumValues::sums).toList();
    return Measured.resampled(
        units(), chosen -> number.applyAsDouble(moments(sums, chosen)), seed, task);
  }

  /** Of each trajectory: count, |x|, x^2, x^4, steps and changes of sign. */
  private static double[][] sums(double[][] rows) {
    return Arrays.stream(rows).map(EquilibriumValues::sums).toArray(double[][]::new);
  }

  private static double[] sums(double[] row) {
    double[] sums = new double[6];
    double last = 0;
    for (double x : row) {
      sums[0]++;
      sums[1] += Math.abs(x);
      sums[2] += x * x;
      sums[3] += x * x * x * x;
      if (x != 0) {
        sums[5] += x * last < 0 ? 1 : 0;
        last = Math.signum(x);
      }
    }
    sums[4] = row.length - 1.0;
    return sums;
  }

  private static Moments moments(List<double[][]> starts, int[] chosen) {
    double[] total = new double[6];
    for (double[][] rows : starts) {
      for (int run : chosen) {
        if (run < rows.length) {
          Arrays.setAll(total, i -> total[i] + rows[run][i]);
        }
      }
    }
    return new Moments(
        total[1] / total[0], total[2] / total[0], total[3] / total[0], total[5] / total[4]);
  }
}
