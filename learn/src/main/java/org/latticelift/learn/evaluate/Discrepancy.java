package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.evaluate.Discrepancy.MaximumMeanDiscrepancy;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.sde.ClosureNames;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.RandomStream;

/**
 * Maximum mean discrepancy between predicted trajectories and direct runs, averaged over times
 * (ME-87, ME-88).
 *
 * @param mean both estimates
 * @param interval 95 % of the biased one, from resampling trajectories and runs
 * @param floor the biased one that two ensembles of the truth, each of as many runs as the direct
 *     ones, have on average
 * @param time times
 * @param biased the biased estimate at each of them
 */
public record Discrepancy(
    MaximumMeanDiscrepancy mean,
    @Stored(name = "{}", value = "point of {name}") Interval interval,
    @Stored("the same of two ensembles of direct runs") double floor,
    double[] time,
    double[] biased) {
  static final Discrepancy NONE =
      new Discrepancy(
          new MaximumMeanDiscrepancy(Double.NaN, Double.NaN),
          Interval.NONE,
          Double.NaN,
          new double[0],
          new double[0]);

  /** Compares at least two predicted trajectories with at least two direct runs. */
  public static Discrepancy of(
      Coordinates in,
      List<TimeSeries> predicted,
      List<TimeSeries> runs,
      double[] time,
      RandomStream stream) {
    return of(time, in.at(predicted, time), in.at(runs, time), in.size(), stream);
  }

  /**
   * Compares ensembles ({@code predicted}: values of each trajectory, time after time; {@code d}:
   * variables per time).
   */
  static Discrepancy of(
      double[] time, double[][] predicted, double[][] runs, int d, RandomStream stream) {
    int n = predicted.length;
    int k = runs.length;
    double[][] all = Arrays.copyOf(predicted, n + k);
    System.arraycopy(runs, 0, all, n, k);
    double[] curve = new double[time.length];
    double[][] kernel = kernels(all, time.length, d, n, curve);
    int[] first = range(0, n);
    int[] second = range(n, n + k);
    double biased = Arrays.stream(curve).average().orElse(Double.NaN);
    double unbiased = unbiased(kernel, first, second);
    Interval raw =
        Bootstrap.interval(
            k,
            chosen -> {
              int[] picked = new int[n];
              Arrays.setAll(picked, i -> stream.below(n));
              int[] pickedRuns = new int[k];
              Arrays.setAll(pickedRuns, i -> n + chosen[i]);
              return unbiased(kernel, picked, pickedRuns);
            },
            stream);
    double shift = biased - unbiased;
    return new Discrepancy(
        new MaximumMeanDiscrepancy(biased, unbiased),
        new Interval(raw.lower() + shift, raw.upper() + shift),
        (1 - between(kernel, second, second)) * 2 / k,
        time,
        curve);
  }

  /** Kernels averaged over times, and on the way the biased estimate at each time. */
  private static double[][] kernels(double[][] all, int times, int d, int n, double[] curve) {
    int k = all.length - n;
    double[][] kernel = new double[all.length][all.length];
    for (int i = 0; i < all.length; i++) {
      for (int j = 0; j <= i; j++) {
        boolean crossing = i >= n && j < n;
        double weight = crossing ? -2.0 / n / k : (i == j ? 1.0 : 2.0) / (i < n ? n * n : k * k);
        double sum = 0;
        for (int t = 0; t < times; t++) {
          double value = MaximumMeanDiscrepancy.kernel(all[i], t, all[j], t, d);
          sum += value;
          curve[t] += weight * value;
        }
        kernel[i][j] = sum / times;
        kernel[j][i] = kernel[i][j];
      }
    }
    return kernel;
  }

  /** A trajectory that was picked twice is not compared with itself. */
  private static double unbiased(double[][] kernel, int[] first, int[] second) {
    return between(kernel, first, first)
        + between(kernel, second, second)
        - 2 * between(kernel, first, second);
  }

  /** Mean kernel over pairs of different trajectories. */
  private static double between(double[][] kernel, int[] first, int[] second) {
    double sum = 0;
    long pairs = 0;
    for (int i : first) {
      for (int j : second) {
        if (i != j) {
          sum += kernel[i][j];
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    Arrays.setAll(range, i -> from + i);
    return range;
  }

  /**
   * Maximum mean discrepancy between two sets of points with Gaussian kernels (ME-87), no square
   * root, mean over the bandwidths 0.25, 0.5, 1, 2, 4, 8.
   *
   * @param biased V-statistic, diagonal terms included: the authors' number, never negative
   * @param unbiased U-statistic without the diagonal: zero on average for equal laws
   */
  public record MaximumMeanDiscrepancy(
      @Stored("time-averaged maximum mean discrepancy, V-statistic") double biased,
      @Stored("time-averaged maximum mean discrepancy, U-statistic") double unbiased) {
    private static final double[] BANDWIDTHS = {0.25, 0.5, 1, 2, 4, 8};

    /** The mean kernel of point i of one set and point j of another. */
    static double kernel(double[] a, int i, double[] b, int j, int d) {
      double square = 0;
      for (int c = 0; c < d; c++) {
        double difference = a[i * d + c] - b[j * d + c];
        square += difference * difference;
      }
      double sum = 0;
      for (double s : BANDWIDTHS) {
        sum += Math.exp(-square / (2 * s * s));
      }
      return sum / BANDWIDTHS.length;
    }
  }

  /**
   * In which variables trajectories are compared: some of the stored ones, shifted and scaled.
   *
   * @param columns which of the stored variables
   * @param shift subtracted from each
   * @param scale divides each afterwards
   */
  public record Coordinates(int[] columns, double[] shift, double[] scale) {
    /** The variables of the equation as it was trained: scaled, closures too (ME-87). */
    public static Coordinates latent(SdeModel model) {
      return latent(model, IntStream.range(0, model.map().trained()).toArray());
    }

    /** The same without closures, so that other encoders change nothing (DI-31). */
    public static Coordinates latentObservables(SdeModel model) {
      int[] independent = model.map().independent();
      List<String> names = model.map().observables();
      return latent(
          model,
          IntStream.range(0, independent.length)
              .filter(i -> !ClosureNames.isClosure(names.get(independent[i])))
              .toArray());
    }

    private static Coordinates latent(SdeModel model, int[] variables) {
      double[] shift = new double[variables.length];
      double[] scale = new double[variables.length];
      Arrays.setAll(shift, i -> model.scaling().toPhysical(variables[i], 0));
      Arrays.setAll(scale, i -> model.scaling().toPhysical(variables[i], 1) - shift[i]);
      int[] columns = Arrays.stream(variables).map(i -> model.map().independent()[i]).toArray();
      return new Coordinates(columns, shift, scale);
    }

    /** All observables as they are, without closures. */
    static Coordinates physical(List<String> names) {
      int[] columns =
          IntStream.range(0, names.size())
              .filter(i -> !ClosureNames.isClosure(names.get(i)))
              .toArray();
      double[] scale = new double[columns.length];
      Arrays.fill(scale, 1);
      return new Coordinates(columns, new double[columns.length], scale);
    }

    /** Number of variables, per time. */
    public int size() {
      return columns.length;
    }

    /**
     * Values of trajectories at their records ({@code stored}: one row per trajectory, record after
     * record; not modified; {@code components}: stored variables per record); the same in these
     * variables.
     */
    public double[][] of(double[][] stored, int components) {
      double[][] values = new double[stored.length][];
      for (int run = 0; run < stored.length; run++) {
        double[] from = stored[run];
        values[run] = new double[from.length / components * size()];
        for (int i = 0; i < values[run].length; i++) {
          int c = i % size();
          values[run][i] = (from[i / size() * components + columns[c]] - shift[c]) / scale[c];
        }
      }
      return values;
    }

    /** Values of one trajectory at some times, time after time. */
    double[] at(TimeSeries series, double[] grid) {
      double[] values = new double[grid.length * size()];
      for (int i = 0; i < values.length; i++) {
        int c = i % size();
        values[i] = (series.at(grid[i / size()], columns[c]) - shift[c]) / scale[c];
      }
      return values;
    }

    double[][] at(List<TimeSeries> series, double[] grid) {
      return series.stream().map(one -> at(one, grid)).toArray(double[][]::new);
    }
  }

  /**
   * The distribution of measured values, and how far it is from another (PT-75).
   *
   * @param sorted values in ascending order, at least one
   * @param weights of the values, not negative and not all zero
   */
  public record EmpiricalDistribution(double[] sorted, double[] weights) {
    /** Values of equal weight ({@code values}: in any order, at least one; not modified). */
    public static EmpiricalDistribution of(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      double[] weights = new double[sorted.length];
      Arrays.fill(weights, 1);
      return new EmpiricalDistribution(sorted, weights);
    }

    /** Told of each interval between neighbouring values of two distributions. */
    @FunctionalInterface
    private interface Gap {
      void between(double difference, double width);
    }

    /**
     * The distance of Kolmogorov and Smirnov: the largest difference of the distribution functions
     * ({@code other}: of the same quantity); 0 to 1.
     */
    public double kolmogorovSmirnov(EmpiricalDistribution other) {
      double[] largest = {0};
      compare(
          other, (difference, width) -> largest[0] = Math.max(largest[0], Math.abs(difference)));
      return largest[0];
    }

    /**
     * The distance of Wasserstein of order 1: the mean way from one distribution to the other
     * ({@code other}: of the same quantity), in the unit of the values.
     */
    public double wasserstein(EmpiricalDistribution other) {
      double[] area = {0};
      compare(other, (difference, width) -> area[0] += Math.abs(difference) * width);
      return area[0];
    }

    private double total() {
      return Arrays.stream(weights).sum();
    }

    private void compare(EmpiricalDistribution other, Gap gap) {
      double ownTotal = total();
      double otherTotal = other.total();
      double own = 0;
      double others = 0;
      int i = 0;
      int j = 0;
      while (i < sorted.length || j < other.sorted.length) {
        double at = next(other, i, j);
        while (i < sorted.length && sorted[i] == at) {
          own += weights[i++];
        }
        while (j < other.sorted.length && other.sorted[j] == at) {
          others += other.weights[j++];
        }
        if (i < sorted.length || j < other.sorted.length) {
          gap.between(own / ownTotal - others / otherTotal, next(other, i, j) - at);
        }
      }
    }

    private double next(EmpiricalDistribution other, int i, int j) {
      double own = i < sorted.length ? sorted[i] : Double.POSITIVE_INFINITY;
      double others = j < other.sorted.length ? other.sorted[j] : Double.POSITIVE_INFINITY;
      return Math.min(own, others);
    }
  }
}
