package org.latticelift.learn.train;

import java.util.Arrays;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;

/**
 * Synthetic pairs that mimic the alloy: three variables that relax linearly from 0 to a
 * temperature-dependent equilibrium in 1280, 168, 64 and 40 pair durations; a large system with
 * stationary deviation 0.035, seen through the noise of one of 8 patches.
 */
final class OrnsteinUhlenbeck {
  static final double KAPPA = 8;
  static final double[] TEMPERATURE = {1000, 1400, 2000, 3000};
  static final double[][] EQUILIBRIUM = {
    {-1.69, 1.39, -1.05}, {-1.025, 0.776, -0.568}, {-0.665, 0.486, -0.352}, {-0.42, 0.30, -0.23}
  };
  static final double[] RELAXATION = {1280, 168, 64, 40};
  static final double[] DURATION = {2e-6, 1e-7, 1.3e-8, 4e-9};

  /** Rate matrix in units of 1/relaxation: coupled, not symmetric, eigenvalues near 1. */
  static final double[][] RATE = {{1.1, 0.1, 0.0}, {0.15, 0.9, 0.1}, {0.05, -0.1, 1.2}};

  /** Lower triangular factor of the noise covariance, rows of norm 1. */
  static final double[][] NOISE = {{1, 0, 0}, {-0.6, 0.8, 0}, {0.2, -0.5, 0.8426}};

  static final double DEVIATION = 0.035;

  private OrnsteinUhlenbeck() {}

  /** Drift per pair duration. */
  static double[] drift(int c, double[] z) {
    double[] mu = new double[3];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        mu[i] -= RATE[i][j] * (z[j] - EQUILIBRIUM[c][j]) / RELAXATION[c];
      }
    }
    return mu;
  }

  static PairSet pairs(int perCondition, long seed) {
    int n = perCondition * 4;
    PairSet set =
        new PairSet(
            3,
            new double[n * 3],
            new double[n * 3],
            new double[n],
            new int[n],
            TEMPERATURE,
            new long[n]);
    for (int c = 0; c < 4; c++) {
      RandomStream stream = new Streams(seed).stream(Purpose.CHECK, 77, c);
      for (int k = 0; k < perCondition; k++) {
        pair(set, c * perCondition + k, c, stream);
      }
    }
    return set;
  }

  private static void pair(PairSet set, int row, int c, RandomStream stream) {
    double time = 8 * RELAXATION[c] * stream.uniform();
    double[] z = mean(c, time);
    for (int i = 0; i < 3; i++) {
      z[i] += DEVIATION * stream.normal();
    }
    double[] mu = drift(c, z);
    double scale = DEVIATION * Math.sqrt(2 * KAPPA / RELAXATION[c]);
    double[] normal = {stream.normal(), stream.normal(), stream.normal()};
    for (int i = 0; i < 3; i++) {
      double noise = 0;
      for (int j = 0; j <= i; j++) {
        noise += NOISE[i][j] * normal[j];
      }
      set.z0()[row * 3 + i] = z[i];
      set.z1()[row * 3 + i] = z[i] + mu[i] + scale * noise;
    }
    set.dt()[row] = DURATION[c];
    set.condition()[row] = c;
    set.group()[row] = row / 50;
  }

  /** Deterministic path from zero after a time in pair durations. */
  static double[] mean(int c, double time) {
    double[] z = new double[3];
    int steps = 400;
    double h = time / steps;
    for (int s = 0; s < steps; s++) {
      double[] k1 = drift(c, z);
      double[] middle = new double[3];
      Arrays.setAll(middle, i -> z[i] + 0.5 * h * k1[i]);
      double[] k2 = drift(c, middle);
      for (int i = 0; i < 3; i++) {
        z[i] += h * k2[i];
      }
    }
    return z;
  }
}
