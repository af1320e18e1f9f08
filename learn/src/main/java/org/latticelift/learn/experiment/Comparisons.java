package org.latticelift.learn.experiment;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.evaluate.Discrepancy;
import org.latticelift.learn.evaluate.MeasuredRelaxation.RelaxationTime;
import org.latticelift.learn.judgement.Bootstrap;
import org.latticelift.learn.judgement.Interval;
import org.latticelift.learn.series.TimeSeries;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.Streams;

/**
 * Quantities of predictions from several initial states, compared with direct runs from the same.
 *
 * @param predicted one per initial state
 * @param truth direct runs at the records of the predictions
 * @param seed of the resampling
 */
record Comparisons(List<Curves> predicted, List<Curves> truth, long seed) {
  /** Where an initial state has fewer trajectories than another. */
  private static final double[] NONE = {};

  /** ME-89 averaged over initial states, with the interval of resampled trajectories and runs. */
  Measured error() {
    int[][] all = new int[predicted.size()][];
    int[][] runs = new int[predicted.size()][];
    for (int s = 0; s < all.length; s++) {
      all[s] = predicted.get(s).all();
      runs[s] = truth.get(s).all();
    }
    double value = error(all, runs);
    var other = new Streams(seed).stream(Purpose.BOOTSTRAP, 12);
    int units = predicted.stream().mapToInt(Curves::size).min().orElse(0);
    Interval interval =
        Bootstrap.interval(
            units,
            chosen -> {
              int[][] picked = new int[all.length][];
              int[][] pickedRuns = new int[all.length][];
              for (int s = 0; s < all.length; s++) {
                picked[s] = chosen.clone();
                pickedRuns[s] = new int[runs[s].length];
                int size = runs[s].length;
                Arrays.setAll(pickedRuns[s], i -> other.below(size));
              }
              return error(picked, pickedRuns);
            },
            new Streams(seed).stream(Purpose.BOOTSTRAP, 11));
    return Measured.ofStarts(value, interval, errors(all, runs)).centred(0);
  }

  private double error(int[][] chosen, int[][] runs) {
    return Arrays.stream(errors(chosen, runs)).average().orElse(Double.NaN);
  }

  private double[] errors(int[][] chosen, int[][] runs) {
    double[] errors = new double[predicted.size()];
    Arrays.setAll(
        errors, s -> relative(predicted.get(s).mean(chosen[s]), truth.get(s).mean(runs[s])));
    return errors;
  }

  private static double relative(double[] predicted, double[] truth) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < truth.length; i++) {
      difference += (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
      norm += truth[i] * truth[i];
    }
    return difference / norm;
  }

  /** The last sixth of some times. */
  static double[] late(double[] times) {
    return Arrays.copyOfRange(times, times.length - (times.length + 5) / 6, times.length);
  }

  /** Mean over initial states; errors of different ones are independent. */
  static Measured mean(List<Discrepancy> all) {
    double mean = all.stream().mapToDouble(d -> d.mean().biased()).average().orElse(Double.NaN);
    double square =
        all.stream().mapToDouble(d -> d.interval().half()).map(half -> half * half).sum();
    double half = Math.sqrt(square) / all.size();
    double[] starts = all.stream().mapToDouble(d -> d.mean().biased()).toArray();
    return Measured.ofStarts(mean, Interval.about(mean, half), starts);
  }

  /** Largest value in time of the mean of the last observable, averaged over initial states. */
  static Measured peak(List<Curves> all, long seed) {
    double[] starts = all.stream().mapToDouble(curves -> peak(curves, curves.all())).toArray();
    int units = all.stream().mapToInt(Curves::size).min().orElse(0);
    double value = Arrays.stream(starts).average().orElse(Double.NaN);
    Interval raw =
        Bootstrap.interval(
            units,
            chosen -> all.stream().mapToDouble(c -> peak(c, chosen)).average().orElse(Double.NaN),
            new Streams(seed).stream(Purpose.BOOTSTRAP, 16));
    return Measured.ofStarts(value, raw, starts).centred(Double.NEGATIVE_INFINITY);
  }

  private static double peak(Curves curves, int[] chosen) {
    double[] last = curves.column(curves.mean(chosen), curves.components() - 1);
    return Arrays.stream(last).max().orElse(Double.NaN);
  }

  /**
   * Late mean or deviation of an observable, pooled over initial states (CW-62). Trajectories of
   * equal number share their noise, whatever they start from, so they are resampled together.
   */
  static Measured late(List<Curves> all, int component, boolean deviation, long seed) {
    List<double[][]> starts = EquilibriumValues.of(all, component).starts();
    int units = all.stream().mapToInt(Curves::size).max().orElse(0);
    return Measured.resampled(
        units, chosen -> pooled(starts, chosen, deviation), seed, deviation ? 14 : 13);
  }

  private static double pooled(List<double[][]> starts, int[] chosen, boolean deviation) {
    double sum = 0;
    double square = 0;
    long count = 0;
    for (double[][] trajectories : starts) {
      for (int run : chosen) {
        double[] values = run < trajectories.length ? trajectories[run] : NONE;
        for (double value : values) {
          sum += value;
          square += value * value;
          count++;
        }
      }
    }
    double mean = sum / count;
    return deviation ? Math.sqrt(Math.max(0, square / count - mean * mean)) : mean;
  }

  /**
   * Initial states from which the mean of an observable of direct runs goes a way of at least five
   * errors; only these have a relaxation time.
   */
  static boolean[] moving(List<Curves> truth, int component) {
    boolean[] moving = new boolean[truth.size()];
    for (int s = 0; s < moving.length; s++) {
      Curves curves = truth.get(s);
      double[] mean = curves.column(curves.mean(), component);
      double noise = lateMean(curves.deviation(component)) / Math.sqrt(curves.size());
      moving[s] = RelaxationTime.measurable(mean[0], lateMean(mean), noise);
    }
    return moving;
  }

  private static double lateMean(double[] values) {
    return Arrays.stream(values, values.length / 2, values.length).average().orElse(Double.NaN);
  }

  /**
   * Relaxation time of the mean of an observable towards its own late mean, averaged over some
   * initial states; NaN where one of them never comes so far, or none moves. Trajectories of equal
   * number are resampled together, as in late values.
   */
  static Measured relaxation(List<Curves> all, int component, boolean[] moving, long seed) {
    int units = all.stream().mapToInt(Curves::size).max().orElse(0);
    return Measured.resampled(
        units, chosen -> relaxation(all, component, moving, chosen), seed, 18);
  }

  private static double relaxation(
      List<Curves> all, int component, boolean[] moving, int[] chosen) {
    double sum = 0;
    int count = 0;
    for (int s = 0; s < moving.length; s++) {
      if (moving[s]) {
        Curves curves = all.get(s);
        int[] present = Arrays.stream(chosen).filter(run -> run < curves.size()).toArray();
        double[] mean = curves.column(curves.mean(present), component);
        sum += RelaxationTime.of(new TimeSeries(curves.time(), mean, 1), 0, lateMean(mean));
        count++;
      }
    }
    return sum / count;
  }
}
