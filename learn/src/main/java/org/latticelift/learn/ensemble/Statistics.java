package org.latticelift.learn.ensemble;

import java.util.Arrays;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.io.run.task.StopSignal;
import org.latticelift.io.run.task.TaskPool;
import org.latticelift.learn.sde.Resampling;

/**
 * Statistics of the trajectories of one condition that have not diverged, all observables; not a
 * number where none is left. Standard deviations divide by the number of values (ME-90).
 *
 * @param quantile [q,t,m]
 * @param modelMean [M,t,m]
 * @param halfWidth of {@code mean} (EX-31), NaN where there is none, [t,m]
 * @param lateMean [M,m]
 * @param lateMeanError from the spread between trajectories, NaN for one, [M,m]
 */
public record Statistics(
    @Stored(
            value = "mean over models and trajectories",
            axes = {"time", "observable"})
        double[] mean,
    @Stored(
            value = "deviation over models and trajectories",
            axes = {"time", "observable"})
        double[] std,
    @Stored(
            value = "quantiles over models and trajectories",
            axes = {"level", "time", "observable"})
        double[] quantile,
    @Stored(
            value = "mean over trajectories of each model",
            axes = {"model", "time", "observable"})
        double[] modelMean,
    @Stored(
            value = "deviation over the noise within each model",
            axes = {"model", "time", "observable"})
        double[] modelStd,
    @Stored(
            name = "mean_half_width",
            value = "half of the 95 % interval of the mean",
            axes = {"time", "observable"},
            optional = true)
        double[] halfWidth,
    @Stored(
            value = "average over the second half of the time span",
            axes = {"model", "observable"})
        double[] lateMean,
    @Stored(
            value = "deviation of single values in the second half",
            axes = {"model", "observable"})
        double[] lateStd,
    @Stored(
            value = "standard error of late_mean by the finite number of trajectories",
            axes = {"model", "observable"},
            optional = true)
        double[] lateMeanError,
    @Stored(
            value = "standard error of late_std by the finite number of trajectories",
            axes = {"model", "observable"},
            optional = true)
        double[] lateStdError) {

  private static final int CHUNK = 8;

  /**
   * Each record, and the second half of each observable, is for itself, so threads change nothing.
   */
  static Statistics of(
      Trajectories all, double[] levels, Resampling resampling, int threads, StopSignal stop) {
    return of(all, levels, resampling, true, threads, stop);
  }

  /** Of a path: no quantiles, and nothing of the second half, which is all 0. */
  static Statistics along(Trajectories all, Resampling resampling, int threads, StopSignal stop) {
    return of(all, new double[0], resampling, false, threads, stop);
  }

  private static Statistics of(
      Trajectories all,
      double[] levels,
      Resampling resampling,
      boolean late,
      int threads,
      StopSignal stop) {
    Statistics s = empty(all, levels.length);
    int[][] bounded = all.bounded();
    int chunks = (all.records() + CHUNK - 1) / CHUNK;
    TaskPool.run(
        threads,
        chunks + (long) (late ? all.observables() : 0),
        task -> {
          if (task < chunks) {
            int first = (int) task * CHUNK;
            s.atTimes(
                all, bounded, first, Math.min(first + CHUNK, all.records()), levels, resampling);
          } else {
            s.late(all, bounded, (int) task - chunks);
          }
        },
        stop);
    return s;
  }

  private static Statistics empty(Trajectories all, int levels) {
    int m = all.observables();
    int t = all.records();
    int models = all.models();
    return new Statistics(
        new double[t * m],
        new double[t * m],
        new double[levels * t * m],
        new double[models * t * m],
        new double[models * t * m],
        new double[t * m],
        new double[models * m],
        new double[models * m],
        new double[models * m],
        new double[models * m]);
  }

  Statistics withHalfWidth(double[] other) {
    return new Statistics(
        mean,
        std,
        quantile,
        modelMean,
        modelStd,
        other,
        lateMean,
        lateStd,
        lateMeanError,
        lateStdError);
  }

  private void atTimes(
      Trajectories all, int[][] bounded, int from, int to, double[] levels, Resampling resampling) {
    int[] chosen = Arrays.stream(bounded).flatMapToInt(Arrays::stream).toArray();
    float[] values = new float[chosen.length];
    FloatSort sort = new FloatSort(values.length);
    for (int r = from; r < to; r++) {
      for (int k = 0; k < all.observables(); k++) {
        for (int i = 0; i < values.length; i++) {
          values[i] = all.get(chosen[i], r, k);
        }
        atTime(all, bounded, r, k, values, resampling);
        if (levels.length > 0) {
          sort.sort(values);
        }
        for (int q = 0; q < levels.length; q++) {
          quantile[(q * all.records() + r) * all.observables() + k] = quantile(values, levels[q]);
        }
      }
    }
  }

  private void atTime(
      Trajectories all, int[][] bounded, int r, int k, float[] values, Resampling resampling) {
    int m = all.observables();
    int t = all.records();
    double[] moments = null;
    int from = 0;
    double[] means = new double[all.models()];
    double[] noise = new double[all.models()];
    for (int q = 0; q < all.models(); q++) {
      moments = moments(values, from, bounded[q].length);
      from += bounded[q].length;
      modelMean[(q * t + r) * m + k] = moments[0];
      modelStd[(q * t + r) * m + k] = moments[1];
      means[q] = moments[0];
      noise[q] = standardError(moments[1], bounded[q].length);
    }
    halfWidth[r * m + k] = Uncertainty.of(means, noise, resampling).halfWidth();
    if (all.models() > 1) {
      moments = moments(values, 0, values.length);
    }
    mean[r * m + k] = moments[0];
    std[r * m + k] = moments[1];
  }

  private void late(Trajectories all, int[][] bounded, int k) {
    int m = all.observables();
    int from = all.records() / 2;
    int length = all.records() - from;
    for (int q = 0; q < all.models(); q++) {
      int n = bounded[q].length;
      float[] values = new float[n * length];
      for (int i = 0; i < values.length; i++) {
        values[i] = all.get(bounded[q][i / length], from + i % length, k);
      }
      double[] moments = moments(values, 0, values.length);
      lateMean[q * m + k] = moments[0];
      lateStd[q * m + k] = moments[1];
      double[] averages = new double[n];
      double[] squares = new double[n];
      for (int i = 0; i < values.length; i++) {
        double off = values[i] - moments[0];
        averages[i / length] += off / length;
        squares[i / length] += off * off / length;
      }
      lateMeanError[q * m + k] = standardError(moments(averages)[1], n);
      double variance = standardError(moments(squares)[1], n);
      lateStdError[q * m + k] = moments[1] > 0 ? variance / (2 * moments[1]) : 0;
    }
  }

  /** Of a mean of n values with this deviation. */
  private static double standardError(double deviation, int n) {
    return n > 1 ? deviation / Math.sqrt(n - 1.0) : Double.NaN;
  }

  private static double[] moments(float[] values, int from, int n) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += values[i];
    }
    double mean = sum / n;
    double square = 0;
    for (int i = from; i < from + n; i++) {
      square += (values[i] - mean) * (values[i] - mean);
    }
    return new double[] {mean, Math.sqrt(square / n)};
  }

  private static double[] moments(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    double square = 0;
    for (double value : values) {
      square += (value - mean) * (value - mean);
    }
    return new double[] {mean, Math.sqrt(square / values.length)};
  }

  private static double quantile(float[] sorted, double level) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double position = level * (sorted.length - 1);
    int low = (int) position;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (position - low) * (sorted[high] - sorted[low]);
  }

  /**
   * Sorts numbers by their bytes, least significant first, which takes about 10 ns a number where
   * comparing takes 45: quantiles are wanted at every record of every observable. -0 comes before
   * 0, as in {@link Arrays#sort(float[])}.
   */
  static final class FloatSort {
    private static final int BYTES = Float.BYTES;
    private static final int DIGITS = 1 << Byte.SIZE;
    private static final int MASK = DIGITS - 1;
    private static final int SIGN_SHIFT = Integer.SIZE - 1;

    private final int[] count = new int[BYTES * DIGITS];
    private int[] from;
    private int[] to;

    FloatSort(int n) {
      from = new int[n];
      to = new int[n];
    }

    /** Sorts all n numbers, none NaN. */
    void sort(float[] values) {
      int n = values.length;
      Arrays.fill(count, 0);
      for (int i = 0; i < n; i++) {
        int bits = Float.floatToRawIntBits(values[i]);
        int key = bits ^ (bits >> SIGN_SHIFT | Integer.MIN_VALUE);
        from[i] = key;
        for (int b = 0; b < BYTES; b++) {
          count[b * DIGITS + (key >>> b * Byte.SIZE & MASK)]++;
        }
      }
      for (int b = 0; b < BYTES; b++) {
        distribute(b, n);
      }
      for (int i = 0; i < n; i++) {
        int key = from[i];
        values[i] = Float.intBitsToFloat(key ^ (~key >> SIGN_SHIFT | Integer.MIN_VALUE));
      }
    }

    private void distribute(int b, int n) {
      int sum = 0;
      for (int digit = b * DIGITS; digit < (b + 1) * DIGITS; digit++) {
        int next = sum + count[digit];
        count[digit] = sum;
        sum = next;
      }
      for (int i = 0; i < n; i++) {
        int key = from[i];
        to[count[b * DIGITS + (key >>> b * Byte.SIZE & MASK)]++] = key;
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
  }
}
