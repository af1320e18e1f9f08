package org.latticelift.learn.certificate;

import java.util.List;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.Steps;
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
 * @param start of all trajectories, scaled variables
 * @param horizon length, scaled time
 * @param range which no trajectory leaves
 * @param steps of predictions; a correction may be integrated with half their length
 * @param trajectories of each parameter set
 * @param streams of the run
 */
record CorrectedEnsemble(
    SdeModel model,
    Condition condition,
    double[] start,
    double horizon,
    StateRange range,
    Steps steps,
    int trajectories,
    Streams streams) {
  /** With a quarter of the parameter sets; where that is less than one, with one of them. */
  CorrectedEnsemble quarter() {
    SdeModel few = model.first(Math.max(1, model.models().size() / 4));
    return new CorrectedEnsemble(
        few, condition, start, horizon, range, steps, trajectories, streams);
  }

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
    int n = trajectories;
    SdeKernel kernel = SdeKernel.batched(model.architecture(), parameters, condition.value(), n);
    CorrectedTrajectories z = new CorrectedTrajectories(kernel, n, corrections, range, start);
    RandomStream noise = streams.stream(Purpose.CERTIFICATE, condition.key(), member);
    float[][][] half = new float[2][kernel.dimension()][n];
    long count = Math.max(2, (long) Math.ceil(horizon / steps.length()));
    double h = horizon / count;
    for (long s = 0; s < count; s++) {
      draw(noise, half);
      if (halfSteps) {
        z.step(half[0], h / 2, steps.scheme());
        z.step(half[1], h / 2, steps.scheme());
      } else {
        z.step(together(half), h, steps.scheme());
      }
      if (2 * s >= count) {
        add(z, member, late);
      }
    }
  }

  private static void draw(RandomStream noise, float[][][] half) {
    for (float[][] part : half) {
      for (float[] row : part) {
        for (int t = 0; t < row.length; t++) {
          row[t] = (float) noise.normal();
        }
      }
    }
  }

  /** Of both halves, in the first. */
  private static float[][] together(float[][][] half) {
    for (int i = 0; i < half[0].length; i++) {
      for (int t = 0; t < half[0][i].length; t++) {
        half[0][i][t] = (half[0][i][t] + half[1][i][t]) * (float) Math.sqrt(0.5);
      }
    }
    return half[0];
  }

  private void add(CorrectedTrajectories z, int member, LateValues late) {
    double[] physical = new double[model.architecture().dimension()];
    for (int t = 0; t < trajectories; t++) {
      for (int i = 0; i < physical.length; i++) {
        physical[i] = z.value(i, t, model.scaling());
      }
      late.add(member * trajectories + t, physical, z.stopped(t));
    }
  }
}
