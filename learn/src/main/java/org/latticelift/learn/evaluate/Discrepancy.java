package org.latticelift.learn.evaluate;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.sde.SdeModel;
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
    Bootstrap.Interval interval,
    double floor,
    double[] time,
    double[] biased) {
  /** Not available. */
  static final Discrepancy NONE =
      new Discrepancy(
          new MaximumMeanDiscrepancy(Double.NaN, Double.NaN),
          Bootstrap.Interval.NONE,
          Double.NaN,
          new double[0],
          new double[0]);

  /**
   * Compares ensembles in the scaled variables of an equation (ME-87).
   *
   * @param model the equation
   * @param predicted at least two trajectories of all latents
   * @param runs at least two direct runs of all latents
   * @param time times
   * @param stream of purpose BOOTSTRAP
   * @return the comparison
   */
  public static Discrepancy ofLatents(
      SdeModel model,
      List<TimeSeries> predicted,
      List<TimeSeries> runs,
      double[] time,
      RandomStream stream) {
    Coordinates latent = Coordinates.latent(model);
    return of(time, latent.at(predicted, time), latent.at(runs, time), latent.size(), stream);
  }

  /**
   * The same in the scaled observables alone, so that other encoders change nothing (DI-31).
   *
   * @param model the equation
   * @param predicted at least two trajectories
   * @param runs at least two direct runs
   * @param time times
   * @param stream of purpose BOOTSTRAP
   * @return the comparison
   */
  public static Discrepancy ofObservables(
      SdeModel model,
      List<TimeSeries> predicted,
      List<TimeSeries> runs,
      double[] time,
      RandomStream stream) {
    Coordinates scaled = Coordinates.latentObservables(model);
    return of(time, scaled.at(predicted, time), scaled.at(runs, time), scaled.size(), stream);
  }

  /**
   * Compares ensembles.
   *
   * @param time times
   * @param predicted values of each trajectory, time after time
   * @param runs values of each direct run
   * @param d variables per time
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
    Bootstrap.Interval raw =
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
        new Bootstrap.Interval(raw.lower() + shift, raw.upper() + shift),
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
}
