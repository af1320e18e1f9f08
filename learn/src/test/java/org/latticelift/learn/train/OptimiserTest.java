package org.latticelift.learn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/** AdamW-AMSGrad against a plain double implementation of ME-68, ME-69. */
class OptimiserTest {
  @Test
  void agreesWithPlainImplementation() {
    int n = 5;
    double decay = 0.01;
    RandomStream stream = new Streams(2).stream(Purpose.CHECK, 3);
    double[] x = new double[n];
    double[] m = new double[n];
    double[] v = new double[n];
    double[] max = new double[n];
    float[] start = new float[n];
    for (int i = 0; i < n; i++) {
      start[i] = (float) stream.normal();
      x[i] = start[i];
    }
    AdamW optimiser = new AdamW(n, decay);
    for (int step = 1; step <= 200; step++) {
      float[] g = new float[n];
      for (int i = 0; i < n; i++) {
        g[i] = (float) (stream.normal() * (step < 50 ? 5 : 0.1));
        x[i] *= 1 - 0.01 * decay;
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
        max[i] = Math.max(max[i], v[i]);
        double denominator = Math.sqrt(max[i]) / Math.sqrt(1 - Math.pow(0.999, step)) + 1e-8;
        x[i] -= 0.01 / (1 - Math.pow(0.9, step)) * m[i] / denominator;
      }
      optimiser.step(start, g, 0.01);
    }
    for (int i = 0; i < n; i++) {
      assertThat((double) start[i]).isCloseTo(x[i], within(2e-5));
    }
  }
}
