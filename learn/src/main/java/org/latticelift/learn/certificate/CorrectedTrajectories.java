package org.latticelift.learn.certificate;

import java.util.Arrays;
import java.util.List;
import org.latticelift.learn.sde.SdeKernel;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.StepScheme;

/**
 * Trajectories of one parameter set under a drift to which something is added and a noise that is
 * multiplied with something, in scaled variables and time. The schemes are those of {@link
 * StepScheme}, whose fast form knows no corrections.
 */
final class CorrectedTrajectories {
  private final SdeKernel kernel;
  private final List<Correction> corrections;
  private final StateRange range;
  private final double[] factor;
  private final int d;
  private final int n;
  private final float[][] z;
  private final float[][] drift;
  private final float[][] sigma;
  private final float[][] increment;
  private final float[][] end;
  private final float[][] first;
  private final boolean[] stopped;

  /** All n trajectories of a kernel at the same state, which never leave a range. */
  CorrectedTrajectories(
      SdeKernel kernel, int n, List<Correction> corrections, StateRange range, double[] start) {
    this.kernel = kernel;
    this.corrections = corrections;
    this.range = range;
    this.d = kernel.dimension();
    this.n = n;
    this.factor = new double[d];
    Arrays.fill(factor, 1);
    for (Correction correction : corrections) {
      for (int i = 0; i < d; i++) {
        factor[i] *= correction.noise()[i];
      }
    }
    this.z = new float[d][n];
    this.drift = new float[d][n];
    this.sigma = new float[d * d][n];
    this.increment = new float[d][n];
    this.end = new float[d][n];
    this.first = new float[d][n];
    this.stopped = new boolean[n];
    for (int i = 0; i < d; i++) {
      Arrays.fill(z[i], (float) start[i]);
    }
  }

  /**
   * A step.
   *
   * @param normals standard normal numbers, [d][n]
   * @param h its length
   * @param scheme how it is made
   */
  void step(float[][] normals, double h, StepScheme scheme) {
    evaluate(z);
    noise(normals, Math.sqrt(h));
    switch (scheme) {
      case EULER -> euler(h);
      case RUNGE_KUTTA -> threeDrifts((float) h);
    }
    keep();
  }

  /** A state that is no number any more counts as one at the lower border. */
  private void keep() {
    Arrays.fill(stopped, false);
    for (int i = 0; i < d; i++) {
      for (int t = 0; t < n; t++) {
        float kept = Float.isNaN(z[i][t]) ? (float) range.low()[i] : range.within(i, z[i][t]);
        stopped[t] |= kept != z[i][t];
        z[i][t] = kept;
      }
    }
  }

  /** Whether the last step would have left the range. */
  boolean stopped(int trajectory) {
    return stopped[trajectory];
  }

  /** In physical units. */
  double value(int variable, int trajectory, SdeScaling scaling) {
    return scaling.toPhysical(variable, z[variable][trajectory]);
  }

  private void euler(double h) {
    for (int i = 0; i < d; i++) {
      for (int t = 0; t < n; t++) {
        z[i][t] = (float) (z[i][t] + h * drift[i][t] + increment[i][t]);
      }
    }
  }

  private void threeDrifts(float h) {
    for (int i = 0; i < d; i++) {
      System.arraycopy(drift[i], 0, first[i], 0, n);
      for (int t = 0; t < n; t++) {
        end[i][t] = z[i][t] + h * drift[i][t] + increment[i][t];
      }
    }
    evaluate(end);
    for (int i = 0; i < d; i++) {
      for (int t = 0; t < n; t++) {
        float more = drift[i][t] - first[i][t];
        z[i][t] = (z[i][t] + end[i][t]) / 2 + h / 4 * more;
        end[i][t] += h / 6 * (more - 4 * first[i][t]);
      }
    }
    evaluate(z);
    for (int i = 0; i < d; i++) {
      for (int t = 0; t < n; t++) {
        z[i][t] = end[i][t] + 2 * h / 3 * drift[i][t];
      }
    }
  }

  /** Corrected drift, and sigma. */
  private void evaluate(float[][] at) {
    kernel.evaluate(n, at, drift, sigma);
    if (corrections.isEmpty()) {
      return;
    }
    double[] state = new double[d];
    double[] offset = new double[d];
    for (int t = 0; t < n; t++) {
      for (int i = 0; i < d; i++) {
        state[i] = at[i][t];
      }
      for (Correction correction : corrections) {
        correction.offset(state, offset);
        for (int i = 0; i < d; i++) {
          drift[i][t] += (float) correction.delta(i, offset);
        }
      }
    }
  }

  private void noise(float[][] normals, double root) {
    for (int i = 0; i < d; i++) {
      for (int t = 0; t < n; t++) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
          sum += (double) sigma[i * d + j][t] * normals[j][t];
        }
        increment[i][t] = (float) (factor[i] * root * sum);
      }
    }
  }
}
