package org.latticelift.learn.evaluate;

import java.util.Arrays;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.sim.random.RandomStream;

/**
 * Relative error of the mean trajectory (ME-89).
 *
 * @param value sum of squared differences of the means over the sum of squares of the true mean
 * @param interval 95 % from resampling trajectories and direct runs, shifted by what resampling
 *     adds on average
 * @param floor what two ensembles of the truth, each of as many runs as the direct ones, have on
 *     average
 */
public record TrajectoryError(
    @Stored(name = "{}", value = "{}") double value,
    @Stored(name = "{}", value = "point of {name}") Interval interval,
    @Stored("the same of two ensembles of direct runs") double floor) {
  static final TrajectoryError NONE = new TrajectoryError(Double.NaN, Interval.NONE, Double.NaN);

  /**
   * Compares ensembles.
   *
   * @param mean predicted mean, all times and variables
   * @param trajectories predicted ones at the same, or none
   * @param runs direct runs at the same
   */
  static TrajectoryError of(
      double[] mean, double[][] trajectories, double[][] runs, RandomStream stream) {
    double[] truth = mean(runs, all(runs.length));
    double value = relative(mean, truth);
    return new TrajectoryError(
        value, interval(value, mean, trajectories, runs, stream), floor(runs, truth));
  }

  private static Interval interval(
      double value, double[] mean, double[][] trajectories, double[][] runs, RandomStream stream) {
    if (runs.length < 3) {
      return Interval.NONE;
    }
    double[] own = trajectories.length < 2 ? mean : mean(trajectories, all(trajectories.length));
    double added =
        (trajectories.length < 2 ? 0 : variance(trajectories, own) / trajectories.length)
            + variance(runs, mean(runs, all(runs.length))) / runs.length;
    double bias = added / square(mean(runs, all(runs.length)));
    Interval raw =
        Bootstrap.interval(
            runs.length,
            chosen -> relative(resampled(own, trajectories, stream), mean(runs, chosen)),
            stream);
    double lower = Math.max(0, Math.min(value, raw.lower() - bias));
    return new Interval(lower, Math.max(value, raw.upper() - bias));
  }

  private static double[] resampled(double[] mean, double[][] trajectories, RandomStream stream) {
    if (trajectories.length < 2) {
      return mean;
    }
    int[] chosen = new int[trajectories.length];
    Arrays.setAll(chosen, i -> stream.below(chosen.length));
    return mean(trajectories, chosen);
  }

  private static double floor(double[][] runs, double[] truth) {
    return runs.length < 2 ? Double.NaN : 2 * variance(runs, truth) / runs.length / square(truth);
  }

  /** Sum over times and variables of the variance between trajectories. */
  private static double variance(double[][] values, double[] mean) {
    double sum = 0;
    for (double[] one : values) {
      for (int i = 0; i < mean.length; i++) {
        sum += (one[i] - mean[i]) * (one[i] - mean[i]);
      }
    }
    return sum / (values.length - 1);
  }

  private static double square(double[] values) {
    return Arrays.stream(values).map(x -> x * x).sum();
  }

  private static double relative(double[] mean, double[] truth) {
    double difference = 0;
    for (int i = 0; i < truth.length; i++) {
      difference += (mean[i] - truth[i]) * (mean[i] - truth[i]);
    }
    return difference / square(truth);
  }

  private static int[] all(int count) {
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static double[] mean(double[][] values, int[] chosen) {
    double[] mean = new double[values[0].length];
    for (int one : chosen) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += values[one][i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= chosen.length;
    }
    return mean;
  }
}
