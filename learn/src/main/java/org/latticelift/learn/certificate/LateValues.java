package org.latticelift.learn.certificate;

import java.util.Arrays;
import org.latticelift.sim.system.MacroscopicMap;

/** Sums over the late part of each of some trajectories, of all observables. */
final class LateValues {
  private final MacroscopicMap map;
  private final double[][] mean;
  private final double[][] square;
  private final double[][] magnitude;
  private final long[] count;
  private final double[] full;

  LateValues(int trajectories, MacroscopicMap map) {
    int m = map.observables().size();
    this.map = map;
    this.mean = new double[trajectories][m];
    this.square = new double[trajectories][m];
    this.magnitude = new double[trajectories][m];
    this.count = new long[trajectories];
    this.full = new double[m];
  }

  /** Adds one state of the trained variables, physical units. */
  void add(int trajectory, double[] state) {
    map.expand(state, full);
    count[trajectory]++;
    for (int i = 0; i < full.length; i++) {
      mean[trajectory][i] += full[i];
      square[trajectory][i] += full[i] * full[i];
      magnitude[trajectory][i] += Math.abs(full[i]);
    }
  }

  int trajectories() {
    return count.length;
  }

  /** Late mean of one trajectory. */
  double mean(int trajectory, int observable) {
    return mean[trajectory][observable] / count[trajectory];
  }

  /** Late mean of the magnitude. */
  double magnitude(int trajectory, int observable) {
    return magnitude[trajectory][observable] / count[trajectory];
  }

  /** Late mean of the square. */
  double square(int trajectory, int observable) {
    return square[trajectory][observable] / count[trajectory];
  }

  /** Over all trajectories. */
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

  private int[] all() {
    return java.util.stream.IntStream.range(0, count.length).toArray();
  }
}
