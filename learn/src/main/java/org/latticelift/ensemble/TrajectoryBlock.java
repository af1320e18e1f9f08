package org.latticelift.ensemble;

import java.util.Arrays;
import org.latticelift.random.RandomStream;
import org.latticelift.sde.SdeKernel;

/**
 * A block of trajectories that advance together (ME-77, ME-78), structure of arrays, in the model's
 * scaled variables and time. Noise is independent per trajectory, component and step.
 */
final class TrajectoryBlock {
  private static final float LIMIT = 1e6f;

  private final SdeKernel kernel;
  private final RandomStream stream;
  private final int count;
  private final float[][] state;
  private final float[][] drift;
  private final float[][] sigma;
  private final float[][] noise;

  TrajectoryBlock(SdeKernel kernel, RandomStream stream, int count) {
    int d = kernel.dimension();
    this.kernel = kernel;
    this.stream = stream;
    this.count = count;
    this.state = new float[d][count];
    this.drift = new float[d][count];
    this.sigma = new float[d * d][count];
    this.noise = new float[d][count];
  }

  int count() {
    return count;
  }

  void start(double[] initial) {
    for (int i = 0; i < state.length; i++) {
      Arrays.fill(state[i], (float) initial[i]);
    }
  }

  float get(int variable, int trajectory) {
    return state[variable][trajectory];
  }

  /** z += mu h + sigma dW, dW ~ N(0, h I). */
  void step(double h) {
    kernel.evaluate(count, state, drift, sigma);
    draw((float) Math.sqrt(h));
    for (int i = 0; i < state.length; i++) {
      add(count, (float) h, drift[i], state[i]);
      for (int j = 0; j < state.length; j++) {
        addProduct(count, sigma[i * state.length + j], noise[j], state[i]);
      }
    }
  }

  /** z += mu h, without noise. */
  void relax(double h) {
    kernel.evaluate(count, state, drift, sigma);
    for (int i = 0; i < state.length; i++) {
      add(count, (float) h, drift[i], state[i]);
    }
  }

  /** Whether every state is a number of moderate size. */
  boolean finite() {
    for (float[] row : state) {
      for (float value : row) {
        if (!(Math.abs(value) < LIMIT)) {
          return false;
        }
      }
    }
    return true;
  }

  private void draw(float scale) {
    for (float[] row : noise) {
      for (int t = 0; t < count; t++) {
        row[t] = scale * (float) stream.normal();
      }
    }
  }

  private static void add(int n, float a, float[] x, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] += a * x[t];
    }
  }

  private static void addProduct(int n, float[] a, float[] b, float[] y) {
    for (int t = 0; t < n; t++) {
      y[t] += a[t] * b[t];
    }
  }
}
