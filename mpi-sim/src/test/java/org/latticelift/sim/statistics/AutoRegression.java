package org.latticelift.sim.statistics;

import java.util.ArrayList;
import java.util.List;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** Stationary autoregressive runs x' = a x + sqrt(1 - a^2) g of variance 1: everything is known. */
final class AutoRegression {
  private final double memory;

  AutoRegression(double memory) {
    this.memory = memory;
  }

  /** Exact standard error of the mean of one stationary run of n values. */
  double error(int n) {
    double sum = 1;
    for (int k = 1; k < n; k++) {
      sum += 2 * (1 - (double) k / n) * Math.pow(memory, k);
    }
    return Math.sqrt(sum / n);
  }

  List<double[]> runs(int count, int length, double start, long seed) {
    List<double[]> runs = new ArrayList<>();
    for (int run = 0; run < count; run++) {
      RandomStream stream = new Streams(seed).stream(Purpose.CHECK, run);
      double[] values = new double[length];
      double x = Double.isNaN(start) ? stream.normal() : start;
      for (int i = 0; i < length; i++) {
        values[i] = x;
        x = memory * x + Math.sqrt(1 - memory * memory) * stream.normal();
      }
      runs.add(values);
    }
    return runs;
  }

  List<double[]> stationary(int count, int length, long seed) {
    return runs(count, length, Double.NaN, seed);
  }
}
