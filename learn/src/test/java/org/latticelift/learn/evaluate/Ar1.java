package org.latticelift.learn.evaluate;

import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** First-order autoregressive series of unit variance with known autocorrelation. */
final class Ar1 {
  private Ar1() {}

  static double[] series(int n, double phi, double mean, long task) {
    RandomStream stream = new Streams(7).stream(Purpose.CHECK, task);
    double noise = Math.sqrt(1 - phi * phi);
    double[] values = new double[n];
    double x = stream.normal();
    for (int i = 0; i < n; i++) {
      values[i] = mean + x;
      x = phi * x + noise * stream.normal();
    }
    return values;
  }
}
