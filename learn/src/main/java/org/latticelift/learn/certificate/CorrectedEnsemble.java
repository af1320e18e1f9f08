package org.latticelift.learn.certificate;

import java.util.List;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.sim.random.Purpose;
import org.latticelift.sim.random.RandomStream;
import org.latticelift.sim.random.Streams;
import org.latticelift.sim.system.Condition;

/**
 * Late values of an equation whose drift and noise are corrected. Trajectories have the same noise
 * whatever the correction and the step, so that differences are known far better than values.
 *
 * @param model several parameter sets
 * @param condition one of those trained
 * @param start observables that trajectories start from
 * @param horizon length, scaled time
 * @param step at most so long, scaled time; a correction may be integrated with half of it
 * @param trajectories of each parameter set
 * @param streams of the run
 */
record CorrectedEnsemble(
    SdeModel model,
    Condition condition,
    double[] start,
    double horizon,
    double step,
    int trajectories,
    Streams streams) {
  private static final float LIMIT = 1e6f;

  /** Late values with corrections; the noise of a step is that of both its halves. */
  LateValues run(List<Correction> corrections, boolean halfSteps) {
    int models = model.models().size();
    LateValues late = new LateValues(models * trajectories, model.map());
    for (int k = 0; k < models; k++) {
      run(model.models().get(k), k, corrections, halfSteps, late);
    }
    return late;
  }

  private void run(
      SdeParameters parameters,
      int member,
      List<Correction> corrections,
      boolean halfSteps,
      LateValues late) {
    int d = model.architecture().dimension();
    int n = trajectories;
    SdeKernel kernel = SdeKernel.batched(model.architecture(), parameters, condition.value(), n);
    RandomStream noise = streams.stream(Purpose.CERTIFICATE, condition.key(), member);
    float[][] z = new float[d][n];
    float[][] drift = new float[d][n];
    float[][] sigma = new float[d * d][n];
    float[][][] half = new float[2][d][n];
    begin(z);
    long steps = Math.max(2, (long) Math.ceil(horizon / step));
    double h = horizon / steps;
    for (long s = 0; s < steps; s++) {
      for (float[][] part : half) {
        for (float[] row : part) {
          for (int t = 0; t < n; t++) {
            row[t] = (float) noise.normal();
          }
        }
      }
      if (halfSteps) {
        for (float[][] part : half) {
          kernel.evaluate(n, z, drift, sigma);
          advance(z, drift, sigma, part, corrections, h / 2);
        }
      } else {
        for (int i = 0; i < d; i++) {
          for (int t = 0; t < n; t++) {
            half[0][i][t] = (half[0][i][t] + half[1][i][t]) * (float) Math.sqrt(0.5);
          }
        }
        kernel.evaluate(n, z, drift, sigma);
        advance(z, drift, sigma, half[0], corrections, h);
      }
      if (2 * s >= steps) {
        add(z, member, late);
      }
    }
  }

  private void begin(float[][] z) {
    int[] independent = model.map().independent();
    for (int i = 0; i < z.length; i++) {
      java.util.Arrays.fill(z[i], (float) model.scaling().toScaled(i, start[independent[i]]));
    }
  }

  private static void advance(
      float[][] z,
      float[][] drift,
      float[][] sigma,
      float[][] noise,
      List<Correction> corrections,
      double h) {
    int d = z.length;
    double root = Math.sqrt(h);
    double[] at = new double[d];
    double[] next = new double[d];
    for (int t = 0; t < z[0].length; t++) {
      for (int i = 0; i < d; i++) {
        at[i] = z[i][t];
      }
      for (int i = 0; i < d; i++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += (double) sigma[i * d + j][t] * noise[j][t];
        }
        double more = 0;
        double factor = 1;
        for (Correction correction : corrections) {
          more += correction.delta(i, at);
          factor *= correction.noise()[i];
        }
        next[i] = at[i] + (drift[i][t] + more) * h + factor * root * sum;
      }
      for (int i = 0; i < d; i++) {
        z[i][t] = (float) Math.max(-LIMIT, Math.min(LIMIT, next[i]));
      }
    }
  }

  private void add(float[][] z, int member, LateValues late) {
    double[] physical = new double[z.length];
    for (int t = 0; t < trajectories; t++) {
      for (int i = 0; i < physical.length; i++) {
        physical[i] = model.scaling().toPhysical(i, z[i][t]);
      }
      late.add(member * trajectories + t, physical);
    }
  }
}
