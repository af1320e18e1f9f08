package org.latticelift.learn.certificate;

import java.util.Arrays;
import org.latticelift.sim.system.MacroscopicMap;

/** Sums over the late part of each of some trajectories, of all observables. */
final class EquilibriumShift {
  /** Less of the time at the border of what is known moves no late value that is seen. */
  private static final double RARELY = 0.01;

  private final MacroscopicMap map;
  private final double[][] mean;
  private final double[][] square;
  private final double[][] magnitude;
  private final double[] weight;
  private final double[] full;
  private long states;
  private long stopped;

  EquilibriumShift(int trajectories, MacroscopicMap map) {
    int m = map.observables().size();
    this.map = map;
    this.mean = new double[trajectories][m];
    this.square = new double[trajectories][m];
    this.magnitude = new double[trajectories][m];
    this.weight = new double[trajectories];
    this.full = new double[m];
  }

  /**
   * Adds one state of the trained variables, physical units ({@code border}: whether it lies at the
   * border of what a trajectory may reach).
   */
  void add(int trajectory, double[] state, boolean border) {
    states++;
    stopped += border ? 1 : 0;
    map.expand(state, full);
    add(trajectory, full, 1);
  }

  void add(int trajectory, double[] observables, double share) {
    weight[trajectory] += share;
    for (int i = 0; i < observables.length; i++) {
      mean[trajectory][i] += share * observables[i];
      square[trajectory][i] += share * observables[i] * observables[i];
      magnitude[trajectory][i] += share * Math.abs(observables[i]);
    }
  }

  /** Share of the states at the border of what a trajectory may reach. */
  double stopped() {
    return states == 0 ? 0 : (double) stopped / states;
  }

  /** Whether that is often enough to move late values. */
  boolean leaves() {
    return stopped() > RARELY;
  }

  int trajectories() {
    return weight.length;
  }

  double mean(int trajectory, int observable) {
    return mean[trajectory][observable] / weight[trajectory];
  }

  double magnitude(int trajectory, int observable) {
    return magnitude[trajectory][observable] / weight[trajectory];
  }

  double square(int trajectory, int observable) {
    return square[trajectory][observable] / weight[trajectory];
  }

  double mean(int observable) {
    return Arrays.stream(all()).mapToDouble(t -> mean(t, observable)).average().orElseThrow();
  }

  /** Deviation of single values over all trajectories. */
  double deviation(int observable) {
    double mean = mean(observable);
    double square =
        Arrays.stream(all()).mapToDouble(t -> square(t, observable)).average().orElseThrow();
    return Math.sqrt(Math.max(0, square - mean * mean));
  }

  double value(BiasedValue quantity, int observable) {
    if (quantity == BiasedValue.LATE_DEVIATION) {
      return deviation(observable);
    }
    double sum = 0;
    for (int t = 0; t < trajectories(); t++) {
      sum += quantity.of(this, t, observable, 0) / trajectories();
    }
    return sum;
  }

  /** Standard error of a quantity by its spread over the trajectories. */
  double error(BiasedValue quantity, int observable) {
    int n = trajectories();
    double centre = mean(observable);
    double mean = 0;
    double square = 0;
    for (int t = 0; t < n; t++) {
      double each = quantity.of(this, t, observable, centre);
      mean += each / n;
      square += each * each / n;
    }
    double error = Math.sqrt(Math.max(0, square - mean * mean) / (n - 1));
    if (quantity != BiasedValue.LATE_DEVIATION) {
      return error;
    }
    double deviation = deviation(observable); // of a variance to a deviation
    return deviation > 0 ? error / (2 * deviation) : 0;
  }

  EquilibriumShift part(int from, int to) {
    EquilibriumShift part = new EquilibriumShift(to - from, map);
    for (int t = from; t < to; t++) {
      part.mean[t - from] = mean[t];
      part.square[t - from] = square[t];
      part.magnitude[t - from] = magnitude[t];
      part.weight[t - from] = weight[t];
    }
    return part;
  }

  private int[] all() {
    return java.util.stream.IntStream.range(0, weight.length).toArray();
  }
}
