package org.latticelift.learn.predict;

import java.util.Arrays;
import java.util.List;

/**
 * What was predicted along a schedule and what direct runs did, at the same times.
 *
 * @param parameter that is varied
 * @param timeUnit of all simulated times
 * @param observables names of m observables
 * @param time of the records, [t]
 * @param realTime of a crystal at these times, s; empty where nothing is said about one
 * @param condition at these times, [t]
 * @param predicted mean of the ensemble, [t,m]
 * @param halfWidth of its 95 % interval, NaN where there is none, [t,m]
 * @param direct mean over direct runs, NaN where there are none, [t,m]
 * @param error its standard error, NaN for fewer than two runs, [t,m]
 */
record PathComparison(
    String parameter,
    String timeUnit,
    List<String> observables,
    double[] time,
    double[] realTime,
    double[] condition,
    double[] predicted,
    double[] halfWidth,
    double[] direct,
    double[] error) {

  /** Of a mean over runs; NaN for one. */
  static double standardError(double[] values) {
    if (values.length < 2) {
      return Double.NaN;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(square / (values.length - 1) / values.length);
  }

  int m() {
    return observables.size();
  }

  int last() {
    return time.length - 1;
  }

  boolean compared() {
    return Double.isFinite(direct[direct.length - 1]);
  }

  double difference(int record, int component) {
    return predicted[record * m() + component] - direct[record * m() + component];
  }

  /** Root of the mean square of the differences over the records after the first. */
  double rms(int component) {
    double sum = 0;
    for (int r = 1; r < time.length; r++) {
      sum += difference(r, component) * difference(r, component);
    }
    return Math.sqrt(sum / last());
  }
}
