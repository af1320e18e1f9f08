package org.latticelift.learn.kernel;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hipparchus.complex.Complex;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.EigenDecompositionNonSymmetric;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeModel.TrainedStates;
import org.latticelift.learn.sde.SdeParameters;

/**
 * How stiff an equation is: the largest eigenvalue, in modulus, of the derivative of its drift. Far
 * from equilibrium it is several times that of equilibrium (the alloy of random atoms at 1000 K: 16
 * against 2.5 per unit of time), and a step that is long for it diverges.
 *
 * <p>Looked at are the start and some states of the training at every trained condition, one state
 * in a hundred left out. Derivatives are central differences of the drift, {@value #CHANGE} scaled
 * units to both sides.
 */
public final class FastestRates {
  private static final int STATES = 64;
  private static final double QUANTILE = 0.99;
  private static final float CHANGE = 0.01f;

  private final SdeModel model;
  private final int d;

  private FastestRates(SdeModel model) {
    this.model = model;
    this.d = model.architecture().dimension();
  }

  /**
   * Measures them; one for each trained condition, the largest of its parameter sets, per unit of
   * scaled time; NaN where the drift is not finite.
   */
  public static double[] of(SdeModel model) {
    FastestRates rates = new FastestRates(model);
    return IntStream.range(0, model.scaling().condition().length).mapToDouble(rates::at).toArray();
  }

  /** The model with these among its diagnostics. */
  public static SdeModel known(SdeModel model) {
    return model.withFastestRates(of(model));
  }

  private double at(int condition) {
    return model.models().stream()
        .mapToDouble(parameters -> at(condition, parameters))
        .max()
        .orElseThrow();
  }

  private double at(int condition, SdeParameters parameters) {
    double value = model.scaling().condition()[condition];
    Drift drift = new Drift(SdeKernel.batched(model.architecture(), parameters, value, 2 * d), d);
    double atStart = drift.rate(start());
    TrainedStates states = model.diagnostics().states();
    if (!states.known()) {
      return atStart;
    }
    int known = states.scaled()[condition].length / d;
    int count = Math.min(STATES, known);
    double[] rates =
        IntStream.range(0, count)
            .map(i -> (int) ((long) i * known / count))
            .mapToDouble(
                i -> drift.rate(Arrays.copyOfRange(states.scaled()[condition], i * d, i * d + d)))
            .sorted()
            .toArray();
    return Math.max(atStart, rates[(int) (QUANTILE * (count - 1))]);
  }

  private float[] start() {
    float[] scaled = new float[d];
    int[] trained = model.map().independent();
    for (int v = 0; v < d; v++) {
      scaled[v] = (float) model.scaling().toScaled(v, model.map().start()[trained[v]]);
    }
    return scaled;
  }

  /** The drift of one parameter set at one condition. */
  private static final class Drift {
    private final SdeKernel kernel;
    private final int d;
    private final float[][] z;
    private final float[][] mu;
    private final float[][] sigma;

    Drift(SdeKernel kernel, int d) {
      this.kernel = kernel;
      this.d = d;
      z = new float[d][2 * d];
      mu = new float[d][2 * d];
      sigma = new float[d * d][2 * d];
    }

    /** The largest eigenvalue of its derivative. */
    double rate(float[] state) {
      for (int v = 0; v < d; v++) {
        Arrays.fill(z[v], state[v]);
        z[v][2 * v] += CHANGE;
        z[v][2 * v + 1] -= CHANGE;
      }
      kernel.evaluate(2 * d, z, mu, sigma);
      double[][] derivative = new double[d][d];
      boolean flat = true;
      for (int i = 0; i < d; i++) {
        for (int v = 0; v < d; v++) {
          double difference = (double) mu[i][2 * v] - mu[i][2 * v + 1];
          derivative[i][v] = difference / ((double) z[v][2 * v] - z[v][2 * v + 1]);
          if (!Double.isFinite(derivative[i][v])) {
            return Double.NaN;
          }
          flat &= derivative[i][v] == 0;
        }
      }
      if (flat) { // which has no eigenvectors of a norm
        return 0;
      }
      return Arrays.stream(
              new EigenDecompositionNonSymmetric(new Array2DRowRealMatrix(derivative))
                  .getEigenvalues())
          .mapToDouble(Complex::norm)
          .max()
          .orElseThrow();
    }
  }
}
