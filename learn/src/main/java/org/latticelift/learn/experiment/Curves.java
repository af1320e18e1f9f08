package org.latticelift.learn.experiment;

import java.util.List;
import org.latticelift.learn.evaluate.Discrepancy.Coordinates;
import org.latticelift.learn.series.TimeSeries;

/**
 * Trajectories at common records, for averages over some of them.
 *
 * @param time times of the records
 * @param components observables per record
 * @param values one row per trajectory, record after record
 */
record Curves(double[] time, int components, double[][] values) {
  /** Trajectories as they are; equal numbers of records. */
  static Curves of(List<TimeSeries> runs) {
    return at(runs, runs.get(0).times(), true);
  }

  /** The first observables only: closure variables have no counterpart in direct runs. */
  Curves observables(int m) {
    double[][] part = new double[size()][time.length * m];
    for (int run = 0; run < part.length; run++) {
      for (int i = 0; i < part[run].length; i++) {
        part[run][i] = values[run][i / m * components + i % m];
      }
    }
    return new Curves(time, m, part);
  }

  /** Trajectories in other variables, at their own records. */
  Curves in(Coordinates variables) {
    return new Curves(time, variables.size(), variables.of(values, components));
  }

  /** Trajectories at the times of a prediction, or of equal index. */
  static Curves at(List<TimeSeries> runs, double[] time, boolean byIndex) {
    int m = runs.get(0).components();
    double[][] values = new double[runs.size()][time.length * m];
    for (int run = 0; run < values.length; run++) {
      TimeSeries series = runs.get(run);
      for (int i = 0; i < time.length; i++) {
        for (int c = 0; c < m; c++) {
          values[run][i * m + c] = byIndex ? series.value(i, c) : series.at(time[i], c);
        }
      }
    }
    return new Curves(time, m, values);
  }

  Curves part(int first, int count) {
    return new Curves(time, components, java.util.Arrays.copyOfRange(values, first, first + count));
  }

  int size() {
    return values.length;
  }

  /** The first records only. */
  Curves first(int records) {
    double[][] part = new double[size()][];
    for (int run = 0; run < part.length; run++) {
      part[run] = java.util.Arrays.copyOf(values[run], records * components);
    }
    return new Curves(java.util.Arrays.copyOf(time, records), components, part);
  }

  /** Not a number where none is chosen. */
  double[] mean(int[] chosen) {
    double[] mean = new double[time.length * components];
    if (chosen.length == 0) {
      java.util.Arrays.fill(mean, Double.NaN);
    }
    for (int run : chosen) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += values[run][i] / chosen.length;
      }
    }
    return mean;
  }

  double[] mean() {
    return mean(all());
  }

  /** Population deviation of one observable (ME-90). */
  double[] deviation(int component) {
    double[] mean = mean();
    double[] deviation = new double[time.length];
    for (int i = 0; i < deviation.length; i++) {
      int at = i * components + component;
      for (double[] run : values) {
        deviation[i] += (run[at] - mean[at]) * (run[at] - mean[at]) / size();
      }
      deviation[i] = Math.sqrt(deviation[i]);
    }
    return deviation;
  }

  int[] all() {
    return java.util.stream.IntStream.range(0, size()).toArray();
  }

  double interval() {
    return (time[time.length - 1] - time[0]) / (time.length - 1);
  }

  double[] column(double[] mean, int component) {
    double[] column = new double[time.length];
    java.util.Arrays.setAll(column, i -> mean[i * components + component]);
    return column;
  }

  static List<TimeSeries> series(Curves curves) {
    return java.util.Arrays.stream(curves.values())
        .map(run -> new TimeSeries(curves.time(), run, curves.components()))
        .toList();
  }
}
