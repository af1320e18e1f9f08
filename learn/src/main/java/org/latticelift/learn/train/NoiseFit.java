package org.latticelift.learn.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeArchitecture.DiffusionSpec;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.train.gradient.Samples;
import org.latticelift.learn.train.gradient.TrainingProblem;

/**
 * The constant diffusion matrix of a model whose drift is final: the factor of the mean square of
 * the residuals, over their durations and kappa, of samples near equilibrium: there it is noise
 * that makes the fluctuations, and early on it is larger, but the path hardly shows it. While the
 * drift still moves, noise is fitted to what the drift will explain, or misses what it has taken
 * away.
 */
final class NoiseFit {
  private static final String VALUE = "diffusion/value";
  private static final int BLOCK = 1024;

  private final SdeArchitecture network;
  private final TrainingProblem problem;
  private final Samples samples;

  /** Fits the noise of some samples to what a network leaves that was trained on a problem. */
  NoiseFit(SdeArchitecture network, TrainingProblem problem, Samples samples) {
    this.network = network;
    this.problem = problem;
    this.samples = samples;
  }

  /** Whether a diffusion is fitted this way: constant, and the residuals show it alone. */
  boolean applies() {
    return !network.diffusion().mode().network() && !problem.noise().column();
  }

  /** The same parameters with the diffusion of the residuals. */
  SdeParameters refitted(SdeParameters parameters) {
    double[][] covariance = covariance(parameters);
    int d = covariance.length;
    DiffusionSpec spec = network.diffusion();
    RealMatrix factor = new Array2DRowRealMatrix(d, d);
    if (spec.mode().full()) {
      factor = new CholeskyDecomposition(new Array2DRowRealMatrix(covariance), 1e-6, 0).getL();
    } else {
      for (int i = 0; i < d; i++) {
        factor.setEntry(i, i, Math.sqrt(covariance[i][i]));
      }
    }
    float[] value = parameters.get(VALUE);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        double entry = factor.getEntry(i, j) / spec.scale();
        boolean positive = spec.lower() && i == j;
        if (spec.mode().full() || i == j) {
          value[spec.mode().full() ? i * d + j : i] =
              (float) (positive ? inverseSoftplus(entry) : entry);
        }
      }
    }
    float[] flat = parameters.flat(); // the diffusion is what it ends with
    System.arraycopy(value, 0, flat, flat.length - value.length, value.length);
    return SdeParameters.of(network, flat);
  }

  private static double inverseSoftplus(double y) {
    return y + Math.log(-Math.expm1(-y));
  }

  private double[][] covariance(SdeParameters parameters) {
    int d = samples.variables();
    double[] kappa = problem.covariance().factors().kappa();
    double[][] sum = new double[d][d];
    for (List<Integer> rows : byCondition(samples)) {
      int[] chosen = rows.stream().mapToInt(Integer::intValue).toArray();
      float[] state = samples.state(chosen);
      float[] increment = samples.increment(chosen);
      float[] duration = samples.duration(chosen);
      double condition =
          network.conditionOffset()
              + network.conditionWidth() * samples.condition(new int[] {chosen[0]})[0];
      SdeKernel kernel = SdeKernel.batched(network, parameters, condition, BLOCK);
      float[][] z = new float[d][BLOCK];
      float[][] drift = new float[d][BLOCK];
      for (int first = 0; first < chosen.length; first += BLOCK) {
        int count = Math.min(BLOCK, chosen.length - first);
        for (int k = 0; k < count; k++) {
          for (int i = 0; i < d; i++) {
            z[i][k] = state[(first + k) * d + i];
          }
        }
        kernel.drift(count, z, drift);
        double[] residual = new double[d];
        for (int k = 0; k < count; k++) {
          double time = duration[first + k];
          for (int i = 0; i < d; i++) {
            residual[i] =
                (increment[(first + k) * d + i] - drift[i][k] * time) / Math.sqrt(kappa[i] * time);
          }
          for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
              sum[i][j] += residual[i] * residual[j] / samples.count();
            }
          }
        }
      }
    }
    return sum;
  }

  private static List<List<Integer>> byCondition(Samples samples) {
    float[] conditions = samples.condition(samples.all());
    Map<Float, List<Integer>> rows = new TreeMap<>();
    for (int k = 0; k < conditions.length; k++) {
      rows.computeIfAbsent(conditions[k], c -> new ArrayList<>()).add(k);
    }
    return List.copyOf(rows.values());
  }
}
