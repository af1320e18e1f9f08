package org.latticelift.learn.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.latticelift.io.error.LatticeLiftException;
import org.latticelift.io.output.RecordLayout.Stored;
import org.latticelift.learn.kernel.SdeKernel;
import org.latticelift.learn.sde.CalmSamples;
import org.latticelift.learn.sde.CovarianceFactors;
import org.latticelift.learn.sde.SdeArchitecture;
import org.latticelift.learn.sde.SdeModel;
import org.latticelift.learn.sde.SdeParameters;
import org.latticelift.learn.sde.SdeScaling;
import org.latticelift.learn.sde.TurnedPairs;
import org.latticelift.sim.lift.PairColumn;
import org.latticelift.sim.lift.PairsFile;
import org.latticelift.sim.system.Condition;

/**
 * Calibration of the learned drift and diffusion on pairs of partial evolutions. With the residual
 * r = z1 - z0 - mu dt and its learned covariance A = D Sigma D dt, D = diag(sqrt kappa) (ME-25,
 * without the epsilon of the loss, which is not used in prediction) the mean of r' A^-1 r / d is 1
 * where the covariance is right, above 1 where it is too small. Constant noise that was fitted to
 * the residuals of a polynomial drift is that of equilibrium, and calibrated there.
 *
 * @param ratio mean of r' A^-1 r / d; NaN without pairs
 * @param error standard error of the ratio over pairs
 * @param pairs number of pairs
 */
public record Calibration(
    @Stored(name = "{}", value = "mean standardised squared residual of the pairs, 1 if calibrated")
        double ratio,
    @Stored("standard error of the calibration") double error,
    @Stored("number of pairs of the calibration") long pairs) {
  /** No pairs or no model. */
  public static final Calibration NONE = new Calibration(Double.NaN, Double.NaN, 0);

  /**
   * Whether the learned diffusion is clearly below that of the pairs; false where nothing is known.
   */
  public boolean tooSmall() {
    return ratio > 1.25;
  }

  /**
   * Whether the learned diffusion is clearly above that of the pairs; false where nothing is known.
   */
  public boolean tooLarge() {
    return ratio < 0.8;
  }

  /**
   * Averages over pairs.
   *
   * @param z0 n x d start values in the model's variables, row-major
   * @param dt n durations in the model's time unit
   * @param factors of the covariance (ME-26)
   * @return ratio and its error; NaN if the learned covariance is singular somewhere
   */
  public static Calibration of(
      SdeKernel kernel, double[] z0, double[] z1, double[] dt, CovarianceFactors factors) {
    int n = dt.length;
    int d = kernel.dimension();
    if (n == 0) {
      return NONE;
    }
    float[][] z = new float[d][kernel.block()];
    float[][] drift = new float[d][kernel.block()];
    float[][] sigma = new float[d * d][kernel.block()];
    double[] residual = new double[d];
    double[] covariance = new double[d * d];
    double[] root = new double[d];
    Arrays.setAll(root, factors::root);
    double common = factors.common();
    double sum = 0;
    double squares = 0;
    for (int start = 0; start < n; start += kernel.block()) {
      int count = Math.min(kernel.block(), n - start);
      for (int i = 0; i < count; i++) {
        for (int c = 0; c < d; c++) {
          z[c][i] = (float) z0[(start + i) * d + c];
        }
      }
      kernel.evaluate(count, z, drift, sigma);
      for (int i = 0; i < count; i++) {
        int pair = start + i;
        for (int c = 0; c < d; c++) {
          residual[c] = z1[pair * d + c] - z0[pair * d + c] - drift[c][i] * dt[pair];
        }
        product(sigma, i, root, common * dt[pair], covariance);
        double value = quadratic(covariance, residual, d) / d;
        sum += value;
        squares += value * value;
      }
    }
    double mean = sum / n;
    double variance = Math.max(0, squares / n - mean * mean);
    return new Calibration(mean, Math.sqrt(variance / n), n);
  }

  /** A = D sigma sigma' D dt of trajectory i ({@code factor}: common factor times dt). */
  private static void product(float[][] sigma, int i, double[] root, double factor, double[] a) {
    int d = root.length;
    for (int r = 0; r < d; r++) {
      for (int c = 0; c <= r; c++) {
        double sum = 0;
        for (int k = 0; k < d; k++) {
          sum += (double) sigma[r * d + k][i] * sigma[c * d + k][i];
        }
        a[r * d + c] = factor * sum * (root[r] * root[c]);
      }
    }
  }

  /**
   * r' A^-1 r by Cholesky factorisation; NaN where A is not positive definite ({@code a}: d x d,
   * lower triangle used and overwritten).
   */
  static double quadratic(double[] a, double[] r, int d) {
    double result = 0;
    for (int row = 0; row < d; row++) {
      for (int c = 0; c <= row; c++) {
        double sum = a[row * d + c];
        for (int k = 0; k < c; k++) {
          sum -= a[row * d + k] * a[c * d + k];
        }
        a[row * d + c] = c < row ? sum / a[c * d + c] : Math.sqrt(sum);
      }
      for (int k = 0; k < row; k++) {
        r[row] -= a[row * d + k] * r[k];
      }
      r[row] /= a[row * d + row];
      result += r[row] * r[row];
    }
    return result;
  }

  /** Calibration of a model on the pairs that it was trained on, condition by condition. */
  public static final class PairCalibration {
    private static final int BLOCK = 128;

    private final SdeModel model;
    private final List<Condition> conditions;
    private final int[] condition;
    private final double[] z0;
    private final double[] z1;
    private final double[] dt;
    private final double[] runs;

    /** Reads the pairs ({@code pairs}: of the observables of the model). */
    public PairCalibration(PairsFile pairs, SdeModel model) {
      this.model = model;
      conditions = pairs.conditions();
      condition = pairs.ints(PairColumn.CONDITION);
      TurnedPairs turned =
          model
              .diagnostics()
              .transition()
              .turned(pairs, PairColumn.Z1, model.map().independent(), any -> true);
      z0 = turned.before();
      z1 = turned.after();
      dt = pairs.doubles(PairColumn.DT);
      runs = pairs.runs();
      if (Arrays.stream(dt).anyMatch(t -> !(t > 0))) {
        throw LatticeLiftException.badData(
            "a duration is not positive",
            pairs.file() + " " + PairColumn.DT.path(),
            "times above 0",
            "Make the pairs again");
      }
    }

    /**
     * Averages over the models at a condition; NONE without pairs, or outside the trained range.
     */
    public Calibration at(String name) {
      double[] trained = model.scaling().condition();
      return IntStream.range(0, conditions.size())
          .filter(c -> conditions.get(c).name().equals(name))
          .filter(c -> conditions.get(c).value() >= trained[0])
          .filter(c -> conditions.get(c).value() <= trained[trained.length - 1])
          .mapToObj(c -> at(c, conditions.get(c).value()))
          .findFirst()
          .orElse(NONE);
    }

    private Calibration at(int c, double value) {
      int[] rows = IntStream.range(0, condition.length).filter(i -> condition[i] == c).toArray();
      List<Calibration> each = new ArrayList<>();
      for (SdeParameters parameters : model.models()) {
        SdeKernel kernel = SdeKernel.batched(model.architecture(), parameters, value, BLOCK);
        int[] judged = judged(model.architecture(), kernel, scaled(rows, z0));
        each.add(of(kernel, Arrays.stream(judged).map(i -> rows[i]).toArray(), value));
      }
      return new Calibration(
          each.stream().mapToDouble(Calibration::ratio).average().orElseThrow(),
          each.stream().mapToDouble(Calibration::error).average().orElseThrow(),
          each.get(0).pairs());
    }

    private Calibration of(SdeKernel kernel, int[] rows, double value) {
      double unit = model.scaling().timeUnit(value, false);
      double[] scaledTime =
          Arrays.stream(rows).mapToDouble(row -> runs[row] * dt[row] / unit).toArray();
      double[] start = scaled(rows, z0);
      double[] end = scaled(rows, z1);
      int d = start.length / Math.max(1, rows.length);
      for (int at = 0; at < end.length; at++) {
        end[at] = start[at] + runs[rows[at / d]] * (end[at] - start[at]);
      }
      return Calibration.of(kernel, start, end, scaledTime, model.factors());
    }

    /**
     * Which states are judged: all, but where a constant noise was fitted after a polynomial the
     * half in which the drift is least, as that noise is the one of equilibrium.
     *
     * @param start scaled states, [n,d]
     */
    static int[] judged(SdeArchitecture equation, SdeKernel kernel, double[] start) {
      int d = kernel.dimension();
      int block = kernel.block();
      int[] all = IntStream.range(0, start.length / d).toArray();
      if (equation.polynomial().isEmpty() || equation.diffusion().mode().network()) {
        return all;
      }
      float[][] z = new float[d][block];
      float[][] drift = new float[d][block];
      double[] speed = new double[all.length];
      for (int first = 0; first < all.length; first += block) {
        int count = Math.min(block, all.length - first);
        for (int i = 0; i < count * d; i++) {
          z[i % d][i / d] = (float) start[first * d + i];
        }
        kernel.drift(count, z, drift);
        for (int i = 0; i < count * d; i++) {
          speed[first + i / d] += drift[i % d][i / d] * drift[i % d][i / d];
        }
      }
      return CalmSamples.of(all, i -> speed[i]);
    }

    private double[] scaled(int[] rows, double[] z) {
      SdeScaling scaling = model.scaling();
      int[] independent = model.map().independent();
      int observables = model.map().observables().size();
      double[] scaled = new double[rows.length * independent.length];
      for (int i = 0; i < scaled.length; i++) {
        int variable = i % independent.length;
        int row = rows[i / independent.length];
        scaled[i] = scaling.toScaled(variable, z[row * observables + independent[variable]]);
      }
      return scaled;
    }
  }
}
