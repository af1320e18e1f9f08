package org.latticelift.bench.variates;

import java.util.ArrayList;
import java.util.List;

/**
 * Increments of patches with their martingales (increment less compensator), snapshot by snapshot.
 */
final class Increments {
  private record Sample(int snapshot, double[] increment, double[] martingale) {}

  private final List<Sample> samples = new ArrayList<>();
  private final int[] independent;

  /**
   * @param independent observables that the others follow from; only their martingales are used
   */
  Increments(int[] independent) {
    this.independent = independent.clone();
  }

  void add(int snapshot, double[] increment, double[] compensator) {
    double[] martingale = new double[independent.length];
    for (int i = 0; i < martingale.length; i++) {
      martingale[i] = increment[independent[i]] - compensator[independent[i]];
    }
    samples.add(new Sample(snapshot, increment, martingale));
  }

  /** Variance of one observable's increments over all samples. */
  double variance(int observable) {
    double sum = 0;
    double square = 0;
    for (Sample sample : samples) {
      double value = sample.increment[observable];
      sum += value;
      square += value * value;
    }
    double mean = sum / samples.size();
    return square / samples.size() - mean * mean;
  }

  /**
   * The share of the variance of an increment that is left by the best combination of martingales,
   * whose coefficients come from the other half of the snapshots.
   */
  double varianceLeft(int observable) {
    double[][] coefficients = {coefficients(observable, 1), coefficients(observable, 0)};
    double sum = 0;
    double square = 0;
    for (Sample sample : samples) {
      double left = sample.increment[observable];
      double[] b = coefficients[sample.snapshot % 2];
      for (int j = 0; j < b.length; j++) {
        left -= b[j] * sample.martingale[j];
      }
      sum += left;
      square += left * left;
    }
    double mean = sum / samples.size();
    return (square / samples.size() - mean * mean) / variance(observable);
  }

  /** The largest mean of a martingale in its standard errors; snapshots are independent. */
  double largestMean(int snapshots) {
    double largest = 0;
    for (int i = 0; i < independent.length; i++) {
      double[] sums = new double[snapshots];
      for (Sample sample : samples) {
        sums[sample.snapshot] += sample.martingale[i];
      }
      double mean = 0;
      double square = 0;
      for (double sum : sums) {
        mean += sum / snapshots;
        square += sum * sum / snapshots;
      }
      double error = Math.sqrt((square - mean * mean) / snapshots);
      largest = Math.max(largest, Math.abs(mean) / error);
    }
    return largest;
  }

  /** E[dz M^T] E[M M^T]^-1 of the snapshots of one half. */
  private double[] coefficients(int observable, int half) {
    int n = independent.length;
    double[][] system = new double[n][n + 1];
    for (Sample sample : samples) {
      if (sample.snapshot % 2 == half) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            system[i][j] += sample.martingale[i] * sample.martingale[j];
          }
          system[i][n] += sample.martingale[i] * sample.increment[observable];
        }
      }
    }
    return solve(system);
  }

  /** Gauss elimination; positive definite matrices need no exchange of rows. */
  private static double[] solve(double[][] system) {
    int n = system.length;
    for (int k = 0; k < n; k++) {
      for (int i = 0; i < n; i++) {
        if (i != k) {
          double factor = system[i][k] / system[k][k];
          for (int j = k; j <= n; j++) {
            system[i][j] -= factor * system[k][j];
          }
        }
      }
    }
    double[] solution = new double[n];
    for (int k = 0; k < n; k++) {
      solution[k] = system[k][n] / system[k][k];
    }
    return solution;
  }
}
